/** The events of a conversation's log, as `GET /v1/conversations/{id}/events` gives them. */

export interface Citation {
  article_id: string;
  revision: number;
  /** The article's language; older logs have none. */
  locale?: string;
  title: string;
  section: string | null;
  quote: string;
}

export interface Candidate {
  article_id: string;
  title: string;
}

export interface QueueRef {
  id: string;
  name: string;
}

export interface BotMessage {
  reply_to: number;
  outcome: "answer" | "clarify" | "handoff" | "smalltalk";
  text: string;
  citations: Citation[];
  candidates?: Candidate[];
  confidence: number | null;
  mode: "verbatim" | "generated" | null;
  locale: string;
  notice: string | null;
}

export interface HandoffOpened {
  reason: string;
  queue: QueueRef;
  topic: string | null;
  position: number | null;
  open: boolean;
  /** Whether somebody who serves the queue is at the desk. */
  staffed: boolean;
  opens_at: string | null;
  text: string;
}

interface Person {
  name: string;
  /** A path on the server; anybody who knows it may look. */
  picture?: string;
}

/** What each type of event carries. */
export interface EventData {
  "message.visitor": { text: string; client_id: string };
  "message.bot": BotMessage;
  "message.agent": { text: string; agent: Person; client_id?: string };
  "bot.status": { state: "thinking" | "searching" | "writing"; reply_to: number };
  "bot.delta": { reply_to: number; index: number; text: string };
  "handoff.opened": HandoffOpened;
  /** Only staff see the number of the account. */
  "handoff.claimed": { agent: Person & { id?: number } };
  "handoff.released": Record<string, unknown>;
  "note.agent": { text: string; agent: Person };
  /** How the visitor wants to be reached. It identifies nobody. */
  "contact.left": { reach: string };
  typing: { who: "visitor" | "agent"; name?: string };
  "conversation.resolved": { by: Person };
  "conversation.reopened": Record<string, unknown>;
  feedback: { seq: number; helpful: boolean; comment?: string | null };
  rating: { stars: number; solved?: boolean | null; comment?: string | null };
}

export type EventType = keyof EventData;

type EventOf<T extends EventType> = { type: T; seq: number | null; at: string; data: EventData[T] };

/** One event, told apart by its `type`. `seq` is null for what is not kept in the log. */
export type ConversationEvent = { [T in EventType]: EventOf<T> }[EventType];
