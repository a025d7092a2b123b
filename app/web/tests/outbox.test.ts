import { expect, test } from "vitest";
import { lengthOf, Outbox } from "../widget/state/outbox";
import { Storage } from "../widget/state/storage";

test("parcels survive a new page, in the order they were written", () => {
  const storage = new Storage("t1.");
  const outbox = new Outbox(storage);
  const sent = ["a", "b", "c"].map((text) => outbox.add({ kind: "message", text }));
  outbox.remove(sent[1]?.clientId ?? "");
  expect(new Outbox(storage).list().map((parcel) => parcel.text)).toEqual(["a", "c"]);
  expect(new Set(sent.map((parcel) => parcel.clientId)).size).toBe(3);
});

test("two tabs do not lose each other's parcels", () => {
  const storage = new Storage("t2.");
  const [one, two] = [new Outbox(storage), new Outbox(storage)];
  one.add({ kind: "message", text: "a" });
  two.add({ kind: "message", text: "b" });
  expect(one.list()).toHaveLength(2);
});

test("what an older version wrote is passed over", () => {
  const storage = new Storage("t3.");
  storage.set("outbox.x", "not json");
  storage.set("outbox.y", '{"kind":"other"}');
  expect(new Outbox(storage).list()).toEqual([]);
});

test("what the log has shown already is not put back by the server's late answer", () => {
  const outbox = new Outbox(new Storage("t4."));
  const [early, late] = ["a", "b"].map((text) => outbox.add({ kind: "message", text }));
  outbox.remove(early?.clientId ?? "");
  for (const parcel of [early, late]) outbox.change(parcel?.clientId ?? "", { taken: true });
  expect(outbox.list()).toEqual([{ ...late, taken: true }]);
});

test("what is said goes, though another tab put it back; what is for another conversation waits unseen", () => {
  const outbox = new Outbox(new Storage("t6."));
  const [said, here, first] = [outbox.add({ kind: "message", text: "a", to: "c1" }), outbox.add({ kind: "message", text: "b", to: "c1" }), outbox.add({ kind: "message", text: "c" })];
  const elsewhere = outbox.add({ kind: "message", text: "d", to: "c2" });
  expect(outbox.waiting("c1", (clientId) => clientId === said.clientId)).toEqual([here, first]);
  expect(outbox.list()).toEqual([here, first, elsewhere]);
});

test("a wish for a person ends when that conversation's person comes, and not before it was sent", () => {
  const outbox = new Outbox(new Storage("t5."));
  const wish = outbox.add({ kind: "handoff", text: "", to: "c1" });
  outbox.personComes("c1");
  outbox.change(wish.clientId, { taken: true });
  outbox.personComes("c2");
  expect(outbox.list()).toHaveLength(1);
  outbox.personComes("c1");
  expect(outbox.list()).toEqual([]);
});

test("an emoji counts once, as the server counts", () => {
  expect(lengthOf("💥".repeat(4_000))).toBe(4_000);
  expect(lengthOf("💥".repeat(4_001))).toBe(4_001);
  expect(lengthOf("é".repeat(9))).toBe(9);
});
