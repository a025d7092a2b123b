import { expect, test } from "vitest";
import type { Conversation } from "../shared/api/conversation";
import type { ConversationEvent, EventData, EventType } from "../shared/api/event";
import { applied, EMPTY, type Transcript, withOutlook } from "../widget/state/transcript";

function play(...events: ConversationEvent[]): Transcript {
  return events.reduce(applied, EMPTY);
}

function event<T extends EventType>(seq: number | null, type: T, data: EventData[T]): ConversationEvent {
  return { seq, type, at: "2026-01-01T00:00:00Z", data } as ConversationEvent;
}

const question = event(1, "message.visitor", { text: "Where is it?", client_id: "a" });
const answer = event(2, "message.bot", {
  reply_to: 1,
  outcome: "answer",
  text: "Here.",
  citations: [],
  confidence: 0.9,
  mode: "verbatim",
  locale: "en",
  notice: null,
});
const delta = (index: number, text: string) => event(null, "bot.delta", { reply_to: 1, index, text });
const opened = event(3, "handoff.opened", {
  reason: "asked_for_person",
  queue: { id: "q", name: "Q" },
  topic: null,
  position: 2,
  open: true,
  staffed: true,
  opens_at: null,
  text: "A person comes.",
});

test("a person's picture comes with their name and is the newest that the log has", () => {
  const claimed = event(4, "handoff.claimed", { agent: { name: "Ana", picture: "/v1/pictures/a" } });
  const reply = event(5, "message.agent", { text: "Hello", agent: { name: "Ana", picture: "/v1/pictures/b" } });
  expect(play(opened, claimed).personPicture).toBe("/v1/pictures/a");
  const later = play(opened, claimed, reply);
  expect([later.personPicture, later.entries.at(-1)]).toEqual(["/v1/pictures/b", expect.objectContaining({ picture: "/v1/pictures/b" })]);
  expect(play(opened, claimed, event(5, "message.agent", { text: "Hello", agent: { name: "Ana" } })).personPicture).toBeNull();
});

test("sentences come in order and the final message replaces them", () => {
  expect(play(question, delta(0, "A."), delta(1, "B.")).writing?.sentences).toEqual(["A.", "B."]);
  const done = play(question, delta(0, "A."), answer, delta(1, "late"));
  expect([done.writing, done.unanswered]).toEqual([null, null]);
});

test("a reader who missed the beginning is shown no torso", () => {
  expect(play(question, delta(3, "D.")).writing).toBeNull();
});

test("a turn that starts again starts its text again", () => {
  expect(play(question, delta(0, "A."), delta(1, "B."), delta(0, "A2.")).writing?.sentences).toEqual(["A2."]);
});

test("once a person is on it, nothing waits for the assistant", () => {
  const claimed = play(question, opened, event(4, "handoff.claimed", { agent: { name: "Ana" } }), {
    ...question,
    seq: 5,
  });
  expect([claimed.state, claimed.personName, claimed.unanswered, claimed.waiting]).toEqual(["claimed", "Ana", null, null]);
});

test("a new message after the end opens a new episode, in either order of its events", () => {
  const resolved = play(question, opened, event(4, "conversation.resolved", { by: { name: "Ana" } }));
  const again = event(6, "message.visitor", { text: "More", client_id: "b" });
  const reopened = event(5, "conversation.reopened", {});
  for (const order of [
    [reopened, again],
    [again, reopened],
  ]) {
    const now = order.reduce(applied, resolved);
    expect([now.state, now.unanswered]).toEqual(["bot", 6]);
  }
});

test("the server's word on the wait replaces the log's, and only while somebody waits", () => {
  const waiting = play(question, opened);
  const queue = { id: "q", name: "Q", open: true, staffed: true, opens_at: null, closes_at: "2026-01-01T22:00:00Z", timezone: "UTC", hours: [] };
  const now = { queue, position: 1, expected_wait_seconds: 90 } as unknown as Conversation;
  expect(withOutlook(waiting, now).waiting).toMatchObject({ position: 1, expected: 90, closesAt: "2026-01-01T22:00:00Z" });
  const away = { ...now, queue: { ...queue, staffed: false } } as unknown as Conversation;
  expect(withOutlook(waiting, away).waiting).toMatchObject({ open: false, opensAt: null });
  const claimed = play(question, opened, event(4, "handoff.claimed", { agent: { name: "Ana" } }));
  expect(withOutlook(claimed, now)).toBe(claimed);
});

test("how to reach the visitor is kept until the matter is closed", () => {
  const left = play(question, opened, event(4, "contact.left", { reach: "a@example.org" }));
  expect([left.reach, left.entries.at(-1)]).toEqual(["a@example.org", { kind: "reach", seq: 4, reach: "a@example.org" }]);
  expect(applied(left, event(5, "conversation.resolved", { by: { name: "Ana" } })).reach).toBeNull();
});

test("typing is no part of the transcript", () => {
  const before = play(question, opened);
  expect(applied(before, event(null, "typing", { who: "agent", name: "Ana" }))).toBe(before);
});
