import { queryOptions } from "@tanstack/react-query";
import { api, ok } from "../api/client";
import { queryClient } from "../api/query";
import type { Key } from "./types";

const PAGE = "content";

export const path = (key: Key) => ({ params: { path: key } });

export const articleQuery = (key: Key) =>
  queryOptions({
    queryKey: [PAGE, "article", key.article_id, key.locale],
    queryFn: () => ok(api.GET("/v1/editor/articles/{article_id}/{locale}", path(key))),
    staleTime: 0,
  });

export const savesQuery = (key: Key) =>
  queryOptions({
    queryKey: [PAGE, "saves", key.article_id, key.locale],
    queryFn: () => ok(api.GET("/v1/editor/drafts/{article_id}/{locale}/saves", path(key))),
    staleTime: 0,
  });

export const commentsQuery = (key: Key) =>
  queryOptions({
    queryKey: [PAGE, "comments", key.article_id, key.locale],
    queryFn: () => ok(api.GET("/v1/editor/drafts/{article_id}/{locale}/comments", path(key))),
    refetchInterval: 15_000,
  });

export const publicationsQuery = queryOptions({
  queryKey: [PAGE, "publications"],
  queryFn: () => ok(api.GET("/v1/editor/publications")),
  staleTime: 0,
});

export const topicsQuery = queryOptions({
  queryKey: [PAGE, "topics"],
  queryFn: () => ok(api.GET("/v1/editor/articles", { params: { query: {} } })),
  staleTime: 60_000,
});

/** After anything was saved or published: every list and every article is read again. */
export function refresh(): void {
  void queryClient.invalidateQueries({ queryKey: [PAGE] });
}

export const listKey = (filters: object) => [PAGE, "list", filters];
