import { type QueryClient, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api, ok } from "../api/client";
import { Problem } from "../api/problem";

/** The fencing numbers of my claims. Asking for one that I hold already is no error, so a reload loses nothing. */
const key = (id: string) => ["fence", id] as const;

export function rememberFence(client: QueryClient, id: string, fence: number | null): void {
  client.setQueryData(key(id), fence);
}

/** Asking again for what one holds gives the same number. */
export async function claim(id: string, takeOver: boolean): Promise<number> {
  const body = takeOver ? { take_over: true } : {};
  return (await ok(api.POST("/v1/conversations/{conversation_id}/claim", { params: { path: { conversation_id: id } }, body }))).fence;
}

/** The fence under which I may write, while the log says that the conversation is mine. */
export function useFence(id: string, mine: boolean): number | null {
  const { data } = useQuery({
    queryKey: key(id),
    queryFn: () => claim(id, false),
    enabled: mine,
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnWindowFocus: false,
    retry: (failures, error) => failures < 2 && !(error instanceof Problem && error.status === 409),
  });
  return mine ? (data ?? null) : null;
}

export function useClaim(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (takeOver: boolean) => claim(id, takeOver),
    onSuccess: (fence) => rememberFence(client, id, fence),
    onSettled: () => refreshLists(client),
  });
}

export function refreshLists(client: QueryClient): void {
  for (const name of ["queue", "counts", "availability"]) void client.invalidateQueries({ queryKey: [name] });
}

/** Whoever claims anew gets a new fence: the old one is forgotten, and asked for again if the claim is still mine. */
export function forgetFence(client: QueryClient, id: string): void {
  void client.resetQueries({ queryKey: key(id) });
}
