import type { ConversationEvent as Shared } from "../../shared/api/event";

interface Named {
  id?: number;
  name: string;
  picture?: string;
}

/** What only staff see, beside what the widget's event types name. */
interface StaffData {
  "note.agent": { text: string; agent: Named; mentions?: Named[] };
  "handoff.snoozed": { until: string; by: Named };
  "handoff.woken": Record<string, never>;
  "contact.left": { reach: string };
  /** Passing: the other side writes. */
  typing: { who: "visitor" | "agent"; name?: string };
}

type StaffEvent = { [T in keyof StaffData]: { type: T; seq: number | null; at: string; data: StaffData[T] } }[keyof StaffData];

export type ConversationEvent = Exclude<Shared, { type: StaffEvent["type"] }> | StaffEvent;

export const EVENT_TYPES = [
  "message.visitor",
  "message.bot",
  "message.agent",
  "bot.status",
  "bot.delta",
  "handoff.opened",
  "handoff.claimed",
  "handoff.released",
  "handoff.snoozed",
  "handoff.woken",
  "note.agent",
  "conversation.resolved",
  "conversation.reopened",
  "feedback",
  "rating",
  "contact.left",
  "typing",
] as const satisfies readonly ConversationEvent["type"][];
