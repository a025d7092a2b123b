import type { ConversationState } from "../../shared/api/conversation";
import type { ConversationEvent } from "./event";

/** A conversation as its log tells it. */
export interface Log {
  events: ConversationEvent[];
  state: ConversationState;
  holder: string | null;
  /** The account of the holder; null in logs from before it was written down. */
  holderId: number | null;
  snoozedUntil: string | null;
  lastSeq: number;
  /** What the assistant is writing just now; gone when its message comes. */
  writing: string | null;
  /** When the visitor last typed, in ms; passing. */
  typedAt: number;
  live: boolean;
  loaded: boolean;
}

export const EMPTY: Log = {
  events: [],
  state: "bot",
  holder: null,
  holderId: null,
  snoozedUntil: null,
  lastSeq: 0,
  writing: null,
  typedAt: 0,
  live: false,
  loaded: false,
};

/** The log with one more event. Events that are there already change nothing. */
export function withEvent(log: Log, event: ConversationEvent): Log {
  if (event.seq === null) return passing(log, event);
  if (event.seq <= log.lastSeq) return log;
  return { ...log, ...consequence(event), events: [...log.events, event], lastSeq: event.seq, loaded: true };
}

/** Whether somebody has the conversation. Two people may share a name. */
export function isHeldBy(log: Log, who: { id: number; name: string }): boolean {
  return log.state === "claimed" && (log.holderId === null ? log.holder === who.name : log.holderId === who.id);
}

const NOBODY = { holder: null, holderId: null } as const;

function passing(log: Log, event: ConversationEvent): Log {
  if (event.type === "bot.status") return { ...log, writing: log.writing ?? "" };
  if (event.type === "typing" && event.data.who === "visitor") return { ...log, typedAt: Date.now() };
  if (event.type === "bot.delta") return { ...log, writing: `${log.writing ?? ""}${event.data.text}` };
  return log;
}

function consequence(event: ConversationEvent): Partial<Log> {
  switch (event.type) {
    case "handoff.opened":
    case "handoff.released":
      return { state: "waiting", ...NOBODY, snoozedUntil: null, writing: null };
    case "handoff.claimed":
      return { state: "claimed", holder: event.data.agent.name, holderId: event.data.agent.id ?? null, snoozedUntil: null, writing: null };
    case "handoff.snoozed":
      return { snoozedUntil: event.data.until };
    case "handoff.woken":
      return { snoozedUntil: null };
    case "conversation.resolved":
      return { state: "resolved", ...NOBODY, snoozedUntil: null };
    case "conversation.reopened":
      return { state: "bot", ...NOBODY, snoozedUntil: null };
    case "message.visitor":
      return { typedAt: 0, snoozedUntil: null };
    case "message.bot":
      return { writing: null };
    default:
      return {};
  }
}
