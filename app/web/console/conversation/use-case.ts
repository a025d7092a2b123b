import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useState } from "react";
import { api, ok } from "../api/client";
import { Problem } from "../api/problem";
import { useMe } from "../session/session";
import { inWords } from "../ui/problem";
import { claim as claimFence, forgetFence, refreshLists, rememberFence, useClaim, useFence } from "./claim";
import { isHeldBy, type Log } from "./log";

export type Write = (work: (fence: number) => Promise<unknown>) => Promise<boolean>;

/** My right to this conversation: the fence while it is mine, and what went wrong when it was refused. */
export function useCase(id: string, log: Log) {
  const me = useMe();
  const client = useQueryClient();
  const [problem, setProblem] = useState<string | null>(null);
  const isMine = isHeldBy(log, me);
  const fence = useFence(id, isMine);
  const claiming = useClaim(id);

  useEffect(() => {
    setProblem(null);
    if (!isMine) forgetFence(client, id);
  }, [client, id, isMine, log.state]);

  const lost = useCallback(
    (error: unknown) => {
      setProblem(inWords(error));
      if (error instanceof Problem && error.status === 409) {
        forgetFence(client, id);
        refreshLists(client);
      }
    },
    [client, id],
  );

  const claim = (takeOver: boolean, onDone: () => void) => {
    if (claiming.isPending) return;
    setProblem(null);
    claiming.mutate(takeOver, { onSuccess: () => onDone(), onError: lost });
  };
  const write: Write = async (work) => {
    if (!isMine) return false;
    setProblem(null);
    try {
      // Quick hands are here before the fence is.
      await work(fence ?? (await claimFence(id, false)));
      refreshLists(client);
      return true;
    } catch (error) {
      lost(error);
      return false;
    }
  };
  const reopen = async () => {
    setProblem(null);
    try {
      const claimed = await ok(api.POST("/v1/conversations/{conversation_id}/reopen", { params: { path: { conversation_id: id } } }));
      rememberFence(client, id, claimed.fence);
      refreshLists(client);
    } catch (error) {
      lost(error);
    }
  };
  return { isMine, fence, problem, claim, write, reopen: () => void reopen(), lost, clear: () => setProblem(null) };
}
