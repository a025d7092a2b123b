import type { Conversation, ConversationState, OpeningHours } from "../../shared/api/conversation";
import type { BotMessage, ConversationEvent, QueueRef } from "../../shared/api/event";

export type Entry =
  | { kind: "visitor"; seq: number; clientId: string; text: string }
  | { kind: "bot"; seq: number; message: BotMessage; helpful: boolean | null }
  | { kind: "person"; seq: number; name: string; picture: string | null; text: string; at: string }
  | { kind: "handoff"; seq: number; text: string }
  | { kind: "joined"; seq: number; name: string }
  | { kind: "reach"; seq: number; reach: string }
  | { kind: "released" | "resolved" | "reopened"; seq: number };

export interface Waiting {
  queue: QueueRef;
  position: number | null;
  /** Within opening hours, and somebody is at the desk. */
  open: boolean;
  opensAt: string | null;
  closesAt: string | null;
  /** Seconds still to wait, as others had to; null when nobody can say. */
  expected: number | null;
  hours: OpeningHours[];
  timezone: string;
}

/** An answer that is on its way. The final message replaces it. */
export interface Writing {
  replyTo: number;
  sentences: string[];
}

export interface Transcript {
  entries: Entry[];
  state: ConversationState;
  personName: string | null;
  /** A path on the server. */
  personPicture: string | null;
  waiting: Waiting | null;
  /** The visitor's message that the assistant has not answered yet. */
  unanswered: number | null;
  writing: Writing | null;
  rated: boolean;
  /** How the visitor wants to be reached about what waits now. */
  reach: string | null;
}

export const EMPTY: Transcript = {
  entries: [],
  state: "bot",
  personName: null,
  personPicture: null,
  waiting: null,
  unanswered: null,
  writing: null,
  rated: false,
  reach: null,
};

/** The transcript after one more event. It is a view of the log: the same events always give the same transcript. */
export function applied(before: Transcript, event: ConversationEvent): Transcript {
  if (event.type === "bot.delta") return withDelta(before, event.data);
  if (event.type === "bot.status") {
    const late = before.state !== "bot" || isAnswered(before, event.data.reply_to);
    return late ? before : { ...before, unanswered: event.data.reply_to };
  }
  const { seq } = event;
  if (seq === null) return before;
  const add = (entry: Entry, change: Partial<Transcript> = {}): Transcript => ({
    ...before,
    ...change,
    entries: [...before.entries, entry],
  });

  switch (event.type) {
    case "message.visitor": {
      const { text, client_id: clientId } = event.data;
      const unanswered = before.state === "bot" || before.state === "resolved" ? seq : null;
      return add({ kind: "visitor", seq, clientId, text }, { unanswered });
    }
    case "message.bot":
      return add({ kind: "bot", seq, message: event.data, helpful: null }, answered(before, event.data.reply_to));
    case "message.agent": {
      const { name, picture = null } = event.data.agent;
      return add({ kind: "person", seq, name, picture, text: event.data.text, at: event.at }, { personPicture: picture });
    }
    case "handoff.opened": {
      const { queue, position, opens_at: opensAt, text } = event.data;
      const open = event.data.open && event.data.staffed;
      return add(
        { kind: "handoff", seq, text },
        { ...QUIET, state: "waiting", personName: null, waiting: { ...UNKNOWN, queue, position, open, opensAt } },
      );
    }
    case "handoff.claimed": {
      const { name, picture = null } = event.data.agent;
      return add({ kind: "joined", seq, name }, { ...QUIET, state: "claimed", personName: name, personPicture: picture, waiting: null });
    }
    case "handoff.released":
      return add({ kind: "released", seq }, { state: "waiting", personName: null });
    case "contact.left":
      return add({ kind: "reach", seq, reach: event.data.reach }, { reach: event.data.reach });
    case "conversation.resolved":
      return add({ kind: "resolved", seq }, { ...QUIET, state: "resolved", personName: null, waiting: null, rated: false, reach: null });
    case "conversation.reopened":
      return add({ kind: "reopened", seq }, { state: "bot", personName: null, waiting: null });
    case "feedback":
      return { ...before, entries: before.entries.map((entry) => judged(entry, event.data.seq, event.data.helpful)) };
    case "rating":
      return { ...before, rated: true };
    default:
      return before;
  }
}

/** What the log does not say of a wait: the server is asked for it. */
const UNKNOWN = { closesAt: null, expected: null, hours: [], timezone: "" };

/** The wait as the server sees it now; the log's words about it have grown old. */
export function withOutlook(before: Transcript, now: Conversation): Transcript {
  const { queue, position, expected_wait_seconds: expected } = now;
  if (queue === null || before.state !== "waiting") return before;
  const { opens_at: opensAt, closes_at: closesAt, hours, timezone } = queue;
  const open = queue.open && queue.staffed;
  return { ...before, waiting: { queue, position, open, opensAt, closesAt, expected, hours, timezone } };
}

const QUIET = { unanswered: null, writing: null } as const;

function answered(before: Transcript, replyTo: number): Partial<Transcript> {
  return {
    unanswered: before.unanswered !== null && before.unanswered > replyTo ? before.unanswered : null,
    writing: before.writing !== null && before.writing.replyTo > replyTo ? before.writing : null,
  };
}

/** Only sentences without a gap before them are shown: a reader who came late waits for the final message. */
function withDelta(before: Transcript, delta: { reply_to: number; index: number; text: string }): Transcript {
  const { reply_to: replyTo, index, text } = delta;
  if (isAnswered(before, replyTo)) return before;
  const sentences = before.writing?.replyTo === replyTo ? before.writing.sentences : [];
  // A turn that was taken over by another worker starts again at the first sentence.
  if (index > sentences.length) return before;
  return { ...before, writing: { replyTo, sentences: [...sentences.slice(0, index), text] } };
}

/** Whether the log shows the visitor's message that was sent under this id. */
export function isSaid(transcript: Transcript, clientId: string): boolean {
  return transcript.entries.some((entry) => entry.kind === "visitor" && entry.clientId === clientId);
}

function isAnswered(transcript: Transcript, seq: number): boolean {
  return transcript.entries.some((entry) => entry.kind === "bot" && entry.message.reply_to === seq);
}

function judged(entry: Entry, seq: number, helpful: boolean): Entry {
  return entry.kind === "bot" && entry.seq === seq ? { ...entry, helpful } : entry;
}
