import { queryOptions } from "@tanstack/react-query";
import { api, ok } from "../api/client";

const at = (id: string) => ({ path: { conversation_id: id } });

export const factsQuery = (id: string) =>
  queryOptions({
    queryKey: ["facts", id],
    queryFn: () => ok(api.GET("/v1/conversations/{conversation_id}", { params: at(id) })),
  });

export const briefQuery = (id: string) =>
  queryOptions({
    queryKey: ["brief", id],
    queryFn: () => ok(api.GET("/v1/conversations/{conversation_id}/brief", { params: at(id) })),
    staleTime: 30_000,
  });

export const visitorQuery = (id: string) =>
  queryOptions({
    queryKey: ["visitor", id],
    queryFn: () => ok(api.GET("/v1/conversations/{conversation_id}/visitor", { params: at(id) })),
    staleTime: 30_000,
  });
