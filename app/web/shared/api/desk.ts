import type { Audience, ConversationState } from "./conversation";
import type { Citation, QueueRef } from "./event";

export interface StaffMember {
  id: string;
  email: string;
  name: string;
  role: string;
}

export interface StaffQueue extends QueueRef {
  open: boolean;
}

export type QueueFilter = "waiting" | "claimed" | "mine" | "all";

export interface QueueItem {
  conversation_id: string;
  queue: QueueRef;
  topic: string | null;
  priority: number;
  reason: string;
  state: Exclude<ConversationState, "bot">;
  since: string;
  audience: Audience;
  locale: string;
  question: string;
  claimed_by: { id: string; name: string } | null;
}

/** Proof of a live claim: a write with an older fence is refused. */
export interface Claim {
  fence: number;
  agent: { id: string; name: string };
}

export interface Attempt {
  question: string;
  answer: string;
  citations: Citation[];
  confidence: number | null;
  helpful: boolean | null;
}

export interface Sop {
  article_id: string;
  revision: number;
  title: string;
  html: string;
  steps: string[];
}

/** What an agent should know before the first word. */
export interface Brief {
  conversation_id: string;
  wants: string;
  reason: string;
  reason_text: string;
  topic: string | null;
  tried: Attempt[];
  passages: (Citation & { score: number })[];
  sop: Sop | null;
  suggested_reply: { text: string; citations: Citation[] } | null;
  context: Record<string, string | number | null>;
  signals_line: string;
}
