import { useEffect, useState } from "preact/hooks";
import { Problem } from "../../shared/api/problem";
import type { StaffApi } from "../../shared/api/staff";
import { inWords } from "../ui/words";
import type { ConversationView } from "./use-conversation";

const KEY = "baton.fence.";

export interface ClaimView {
  /** Set while this member of staff holds the conversation. */
  fence: number | null;
  problem: string | null;
  claim: () => Promise<boolean>;
  /** Runs a write that needs the claim; false, and told why, when it was refused. */
  write: (work: (fence: number) => Promise<unknown>) => Promise<boolean>;
}

/** The right to write, proven by a fencing number that survives a reload. */
export function useClaim(api: StaffApi, id: string, myName: string, view: ConversationView): ClaimView {
  const [known, setKnown] = useState<number | null>(() => stored(id));
  const [problem, setProblem] = useState<string | null>(null);
  const mine = view.state === "claimed" && view.holder === myName;

  const keep = (fence: number | null) => {
    setKnown(fence);
    if (fence === null) sessionStorage.removeItem(KEY + id);
    else sessionStorage.setItem(KEY + id, String(fence));
  };
  useEffect(() => {
    setKnown(stored(id));
    setProblem(null);
  }, [id]);
  useEffect(() => setProblem(null), [view.state]);

  const claim = async () => {
    setProblem(null);
    try {
      keep((await api.claim(id)).fence);
      return true;
    } catch (error) {
      setProblem(inWords(error));
      return false;
    }
  };
  const write = async (work: (fence: number) => Promise<unknown>) => {
    if (known === null) return false;
    setProblem(null);
    try {
      await work(known);
      return true;
    } catch (error) {
      if (error instanceof Problem && error.status === 409) keep(null);
      setProblem(inWords(error));
      return false;
    }
  };
  return { fence: mine ? known : null, problem, claim, write };
}

function stored(id: string): number | null {
  const text = sessionStorage.getItem(KEY + id);
  return text === null ? null : Number(text);
}
