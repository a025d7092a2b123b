import { useCallback, useEffect, useState } from "react";
import { api, ok } from "../api/client";
import { listen } from "../api/stream";
import { checkSession } from "../session/session";
import { EVENT_TYPES, type ConversationEvent } from "./event";
import { EMPTY, type Log, withEvent } from "./log";

interface EventPage {
  events: ConversationEvent[];
}

/** Follows a conversation. A tab that nobody looks at holds no stream: browsers have few to give. */
export function useLog(id: string): Log & { problem: unknown; retry: () => void } {
  const [log, setLog] = useState(EMPTY);
  const [problem, setProblem] = useState<unknown>(null);
  const [tries, setTries] = useState(0);
  useEffect(() => {
    const stop = new AbortController();
    let stream: AbortController | null = null;
    let last = 0;
    setLog(EMPTY);
    setProblem(null);

    const take = (events: ConversationEvent[]) => {
      last = events.reduce((most, event) => Math.max(most, event.seq ?? 0), last);
      setLog((before) => events.reduce(withEvent, before));
    };
    const follow = () => {
      stream = new AbortController();
      void listen({
        url: (after) => `/v1/conversations/${encodeURIComponent(id)}/events?after=${Math.max(after, last)}`,
        after: last,
        types: EVENT_TYPES,
        signal: stream.signal,
        onLink: (live) => setLog((before) => ({ ...before, live })),
        onRefused: () => void checkSession(),
        onEvent: (_, event) => {
          if (event !== null) take([event as ConversationEvent]);
        },
      });
    };
    const begin = async () => {
      const path = { conversation_id: id };
      // The route also streams, so that the document leaves the type of its answer open.
      const page = (await ok(api.GET("/v1/conversations/{conversation_id}/events", { params: { path }, signal: stop.signal }))) as EventPage;
      if (stop.signal.aborted) return;
      take(page.events);
      setLog((before) => ({ ...before, loaded: true }));
      look();
    };
    const look = () => {
      const seen = document.visibilityState === "visible";
      if (seen && stream === null) follow();
      if (!seen) {
        stream?.abort();
        stream = null;
      }
    };
    begin().catch((error: unknown) => {
      if (!stop.signal.aborted) setProblem(error);
    });
    document.addEventListener("visibilitychange", look);
    return () => {
      document.removeEventListener("visibilitychange", look);
      stop.abort();
      stream?.abort();
    };
  }, [id, tries]);
  const retry = useCallback(() => setTries((before) => before + 1), []);
  return { ...log, problem, retry };
}
