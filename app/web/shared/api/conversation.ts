import type { ConversationEvent } from "./event";

export type Audience = "buyer" | "seller";
export type ConversationState = "bot" | "waiting" | "claimed" | "resolved";

/** Days (`mon` to `sun`) with the same hours, such as `08:00-22:00`. */
export interface OpeningHours {
  days: string[];
  hours: string[];
}

export interface Queue {
  id: string;
  name: string;
  open: boolean;
  staffed: boolean;
  opens_at: string | null;
  closes_at: string | null;
  timezone: string;
  hours: OpeningHours[];
}

export interface Conversation {
  id: string;
  state: ConversationState;
  audience: Audience;
  locale: string;
  episode: number;
  last_seq: number;
  agent: { name: string; picture: string | null } | null;
  queue: Queue | null;
  position: number | null;
  expected_wait_seconds: number | null;
  subject: string | null;
  created_at: string;
  updated_at: string;
}

export interface EventPage {
  events: ConversationEvent[];
  last_seq: number;
}

/** Where the visitor was when the conversation began. */
export interface PageContext {
  order_id?: string;
  article_id?: string;
  page?: string;
}
