import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { listen } from "../api/stream";
import { checkSession } from "../session/session";
import { type LookingEvent, takeLooking } from "./presence";

/** Many changes at once become one request. */
const GATHER = 300;
const TYPES = ["queue.changed", "desk.looking", "desk.steps", "desk.mention"] as const;

/** Keeps lists and counts fresh by the desk's stream; false while it is down. */
export function useLive(me: number): boolean {
  const client = useQueryClient();
  const [up, setUp] = useState(false);
  useEffect(() => {
    const stop = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const refresh = () => {
      timer ??= setTimeout(() => {
        timer = undefined;
        for (const key of ["queue", "counts", "availability"]) void client.invalidateQueries({ queryKey: [key] });
      }, GATHER);
    };
    void listen({
      url: () => "/v1/queue/events",
      after: 0,
      types: TYPES,
      signal: stop.signal,
      onRefused: () => void checkSession(),
      onLink: (link) => {
        setUp(link);
        // Something may have changed while nobody listened.
        if (link) refresh();
      },
      onEvent: (type, event) => {
        const data = (event as { data?: unknown } | null)?.data;
        if (type === "desk.looking") return takeLooking(data as LookingEvent, me);
        const id = (data as { conversation_id?: string } | undefined)?.conversation_id;
        if (type === "desk.steps") return void client.invalidateQueries({ queryKey: ["brief", id] });
        if (type === "desk.mention") void client.invalidateQueries({ queryKey: ["mentions"] });
        if (type === "queue.changed") void client.invalidateQueries({ queryKey: ["visitor", id] });
        refresh();
      },
    });
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [client, me]);
  return up;
}
