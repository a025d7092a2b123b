import { useEffect, useState } from "preact/hooks";
import type { ConversationState } from "../../shared/api/conversation";
import type { ConversationEvent } from "../../shared/api/event";
import { Problem } from "../../shared/api/problem";
import type { StaffApi } from "../../shared/api/staff";
import { follow } from "../../shared/stream/follow";
import { inWords } from "../ui/words";

export interface ConversationView {
  events: ConversationEvent[];
  state: ConversationState;
  holder: string | null;
  live: boolean;
  problem: string | null;
}

const NOTHING: ConversationView = { events: [], state: "bot", holder: null, live: false, problem: null };

export function useConversation(api: StaffApi, id: string, onRejected: () => void): ConversationView {
  const [view, setView] = useState(NOTHING);
  useEffect(() => {
    const stop = new AbortController();
    setView(NOTHING);
    void follow({
      url: api.eventsUrl(id),
      token: api.token,
      after: 0,
      poll: (after, signal) => api.events(id, after, signal),
      signal: stop.signal,
      onEvent: (event) => {
        if (event.seq !== null) setView((before) => ({ ...before, ...change(event), events: [...before.events, event] }));
      },
      onLink: (link) => setView((before) => ({ ...before, live: link === "up" })),
      onRefused: (problem: Problem) => {
        if (problem.status === 401) onRejected();
        else setView({ ...NOTHING, problem: problem.status === 404 ? "This conversation is not there." : inWords(problem) });
      },
    });
    return () => stop.abort();
  }, [api, id]);
  return view;
}

function change(event: ConversationEvent): { state?: ConversationState; holder?: string | null } {
  switch (event.type) {
    case "handoff.opened":
    case "handoff.released":
      return { state: "waiting", holder: null };
    case "handoff.claimed":
      return { state: "claimed", holder: event.data.agent.name };
    case "conversation.resolved":
      return { state: "resolved", holder: null };
    case "conversation.reopened":
      return { state: "bot", holder: null };
    default:
      return {};
  }
}
