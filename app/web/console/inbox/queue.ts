import { infiniteQueryOptions, keepPreviousData, queryOptions, useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { api, ok } from "../api/client";
import type { QueueItem } from "../api/types";
import type { Filters } from "./filters";
import type { View } from "./view";

const PAGE = 100;
/** The stream tells of changes; this is for what it may have missed, and for what time alone changes. */
const AT_LEAST_EVERY = 60_000;

export function listQuery(view: View, filters: Filters) {
  return infiniteQueryOptions({
    queryKey: ["queue", view, filters],
    initialPageParam: "",
    queryFn: ({ pageParam, signal }) => ok(api.GET("/v1/queue", { params: { query: ask(view, filters, pageParam) }, signal })),
    getNextPageParam: (page) => page.next_cursor ?? undefined,
    placeholderData: keepPreviousData,
    refetchInterval: AT_LEAST_EVERY,
  });
}

function ask(view: View, filters: Filters, cursor: string) {
  const { q, sort, priority, queue, topic, audience, locale, reason } = filters;
  return {
    view,
    limit: PAGE,
    ...(cursor === "" ? {} : { cursor }),
    ...(q === undefined ? {} : { q }),
    ...(sort === undefined ? {} : { sort }),
    ...(priority === undefined ? {} : { priority: [Number(priority)] }),
    ...(queue === undefined ? {} : { queue: [queue] }),
    ...(topic === undefined ? {} : { topic: [topic] }),
    ...(audience === undefined ? {} : { audience: [audience] }),
    ...(locale === undefined ? {} : { locale: [locale] }),
    ...(reason === undefined ? {} : { reason: [reason] }),
  };
}

export function useQueueList(view: View, filters: Filters) {
  const query = useInfiniteQuery(listQuery(view, filters));
  const items = useMemo<QueueItem[]>(() => query.data?.pages.flatMap((page) => page.items) ?? [], [query.data]);
  return { ...query, items, total: query.data?.pages.at(-1)?.total ?? 0 };
}

export const countsQuery = queryOptions({
  queryKey: ["counts"],
  queryFn: () => ok(api.GET("/v1/queue/counts")),
  refetchInterval: AT_LEAST_EVERY,
});

export const queuesQuery = queryOptions({
  queryKey: ["queues"],
  queryFn: async () => (await ok(api.GET("/v1/queues"))).queues,
  staleTime: 60_000,
});

export const staffQuery = queryOptions({
  queryKey: ["staff"],
  queryFn: async () => (await ok(api.GET("/v1/staff"))).staff,
  staleTime: 30_000,
});

export const availabilityQuery = queryOptions({
  queryKey: ["availability"],
  queryFn: async () => (await ok(api.GET("/v1/me/availability"))) ?? null,
});

export const useCounts = () => useQuery(countsQuery).data;
export const useQueues = () => useQuery(queuesQuery).data ?? [];
