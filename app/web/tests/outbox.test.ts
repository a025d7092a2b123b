import { expect, test } from "vitest";
import { Outbox } from "../widget/state/outbox";
import { Storage } from "../widget/state/storage";

test("parcels survive a new page, in the order they were written", () => {
  const storage = new Storage("t1.");
  const outbox = new Outbox(storage);
  const sent = ["a", "b", "c"].map((text) => outbox.add("message", text));
  outbox.remove(sent[1]?.clientId ?? "");
  expect(new Outbox(storage).list().map((parcel) => parcel.text)).toEqual(["a", "c"]);
  expect(new Set(sent.map((parcel) => parcel.clientId)).size).toBe(3);
});

test("two tabs do not lose each other's parcels", () => {
  const storage = new Storage("t2.");
  const [one, two] = [new Outbox(storage), new Outbox(storage)];
  one.add("message", "a");
  two.add("message", "b");
  expect(one.list()).toHaveLength(2);
});

test("what an older version wrote is passed over", () => {
  const storage = new Storage("t3.");
  storage.set("outbox.x", "not json");
  storage.set("outbox.y", '{"kind":"other"}');
  expect(new Outbox(storage).list()).toEqual([]);
});
