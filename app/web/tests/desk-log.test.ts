import { describe, expect, it } from "vitest";
import type { ConversationEvent } from "../console/conversation/event";
import { EMPTY, isHeldBy, withEvent } from "../console/conversation/log";

const at = "2026-11-25T20:00:00Z";
const events = [
  { seq: 1, type: "message.visitor", at, data: { text: "help", client_id: "a" } },
  {
    seq: 2,
    type: "handoff.opened",
    at,
    data: { reason: "asked_for_person", queue: { id: "general", name: "General" }, topic: null, position: 1, open: true, staffed: true, opens_at: null, text: "" },
  },
  { seq: 3, type: "handoff.claimed", at, data: { agent: { id: 3, name: "ana" } } },
  { seq: 4, type: "handoff.snoozed", at, data: { until: "2026-11-26T08:00:00Z", by: { name: "ana" } } },
] satisfies ConversationEvent[];

describe("the log of a conversation", () => {
  it("tells who holds it and until when it sleeps", () => {
    const log = events.reduce(withEvent, EMPTY);
    expect(log).toMatchObject({ state: "claimed", holder: "ana", snoozedUntil: "2026-11-26T08:00:00Z", lastSeq: 4 });
  });

  it("is held by an account, not by a name that two may share", () => {
    const log = events.reduce(withEvent, EMPTY);
    expect([3, 4].map((id) => isHeldBy(log, { id, name: "ana" }))).toEqual([true, false]);
    const released = withEvent(log, { seq: 5, type: "handoff.released", at, data: {} });
    expect(isHeldBy(released, { id: 3, name: "ana" })).toBe(false);
  });

  it("takes no event twice, so that a replay changes nothing", () => {
    const once = events.reduce(withEvent, EMPTY);
    expect([...events, ...events].reduce(withEvent, EMPTY)).toEqual(once);
  });

  it("wakes when the visitor writes, and forgets the holder when it is released", () => {
    const woken = withEvent(events.reduce(withEvent, EMPTY), { seq: 5, type: "message.visitor", at, data: { text: "hello?", client_id: "b" } });
    expect(woken.snoozedUntil).toBeNull();
    expect(withEvent(woken, { seq: 6, type: "handoff.released", at, data: {} })).toMatchObject({ state: "waiting", holder: null });
  });

  it("shows what the assistant writes until its message comes", () => {
    const writing = withEvent(EMPTY, { seq: null, type: "bot.delta", at, data: { reply_to: 1, index: 0, text: "A refund" } });
    expect(writing.writing).toBe("A refund");
    expect(writing.lastSeq).toBe(0);
  });
});
