import { queryOptions } from "@tanstack/react-query";
import { api, ok } from "../api/client";
import { queryClient } from "../api/query";
import type { Key } from "./types";

const LOOK = 400;
const OVER = new Set(["done", "failed", "blocked", "cancelled", "scheduled"]);

export const articleQuery = (key: Key) =>
  queryOptions({
    queryKey: ["content", "article", key.article_id, key.locale],
    queryFn: () => ok(api.GET("/v1/editor/articles/{article_id}/{locale}", { params: { path: key } })),
    // What is being written must not be replaced behind its back.
    refetchOnWindowFocus: false,
  });

export const jobQuery = (id: number | null) =>
  queryOptions({
    queryKey: ["content", "job", id],
    queryFn: () => ok(api.GET("/v1/editor/jobs/{job_id}", { params: { path: { job_id: id ?? 0 } } })),
    enabled: id !== null,
    staleTime: 0,
    refetchInterval: (query) => (OVER.has(query.state.data?.state ?? "") ? false : LOOK),
  });

export const publicationsQuery = queryOptions({
  queryKey: ["content", "publications"],
  queryFn: () => ok(api.GET("/v1/editor/publications")),
  staleTime: 0,
});

/** Something was saved or went live: lists and articles are asked for again. */
export function refreshContent(): void {
  void queryClient.invalidateQueries({ queryKey: ["content"], refetchType: "active", predicate: (query) => query.queryKey[1] !== "job" });
}
