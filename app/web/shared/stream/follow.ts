import type { EventPage } from "../api/conversation";
import type { ConversationEvent } from "../api/event";
import { Problem } from "../api/problem";
import { Backoff, pause } from "./backoff";
import { readStream } from "./read";

const POLL_EVERY = 2_500;
/** Polls between two new attempts to stream. */
const POLLS = 12;
/** A proxy that buffers or cuts streams fails this often in a row before we poll instead. */
const FAILURES_BEFORE_POLLING = 2;

export interface Source {
  url: string;
  token: string;
  after: number;
  poll: (after: number, signal: AbortSignal) => Promise<EventPage>;
  onEvent: (event: ConversationEvent) => void;
  onLink: (link: "up" | "down") => void;
  /** The server will not give us this log: not signed in (401), or not ours (403, 404). */
  onRefused: (problem: Problem) => void;
  signal: AbortSignal;
}

/** Follows a conversation's log until stopped: every logged event once and in order, over any number of connections. */
export async function follow(source: Source): Promise<void> {
  const { signal, onLink } = source;
  const backoff = new Backoff();
  let last = source.after;
  let failures = 0;

  const take = (event: ConversationEvent) => {
    if (event.seq !== null) {
      if (event.seq <= last) return;
      last = event.seq;
    }
    source.onEvent(event);
  };

  const stream = async () => {
    const before = last;
    let heard = false;
    const onFrame = (data: string) => {
      const event = parse(data);
      if (event === null) return;
      heard = true;
      backoff.reset();
      take(event);
    };
    const end = await readStream(source.url, source.token, last, signal, onFrame, () => onLink("up"));
    // Opened again at once, unless it ended without telling us anything.
    if (end === "ended" && !heard && last === before) await pause(backoff.next(), signal);
    return end;
  };

  const pollForAWhile = async () => {
    for (let polls = 0; polls < POLLS && !signal.aborted; polls += 1) {
      const page = await source.poll(last, signal);
      onLink("up");
      page.events.forEach(take);
      await pause(POLL_EVERY, signal);
    }
  };

  while (!signal.aborted) {
    try {
      if ((await stream()) === "finished") return;
      failures = 0;
      continue;
    } catch (error) {
      if (signal.aborted) return;
      if (refused(error)) return source.onRefused(error);
      failures += 1;
      if (failures < FAILURES_BEFORE_POLLING) {
        onLink("down");
        await pause(wait(error), signal);
        continue;
      }
    }
    try {
      await pollForAWhile();
    } catch (error) {
      if (signal.aborted) return;
      if (refused(error)) return source.onRefused(error);
      onLink("down");
      await pause(wait(error), signal);
    }
  }

  function wait(error: unknown): number {
    const seconds = error instanceof Problem ? error.retryAfter : null;
    return seconds === null ? backoff.next() : seconds * 1_000;
  }
}

function refused(error: unknown): error is Problem {
  return error instanceof Problem && !error.passing;
}

function parse(data: string): ConversationEvent | null {
  try {
    const value: unknown = JSON.parse(data);
    if (typeof value !== "object" || value === null || !("type" in value) || !("data" in value)) return null;
    return { seq: null, at: "", ...value } as ConversationEvent;
  } catch {
    return null;
  }
}
