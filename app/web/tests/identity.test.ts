import { afterEach, expect, test, vi } from "vitest";
import { Identity } from "../widget/identity";
import { Storage } from "../widget/state/storage";

const SOON = new Date(Date.now() + 86_400_000).toISOString();
const siteToken = (sub: string) => `h.${btoa(JSON.stringify({ sub }))}.s`;

function setUp(answer: () => Promise<Response>) {
  const storage = new Storage("buyer");
  storage.wipe();
  const changes: number[] = [];
  const told: [string, object][] = [];
  const fetched = vi.fn(answer);
  vi.stubGlobal("fetch", fetched);
  const onChange = () => void changes.push(1);
  const identity = new Identity({ base: "http://x", storage, onChange, emit: (name, detail) => void told.push([name, detail]) });
  return { storage, identity, changes, told, fetched };
}

const accepted = async () => Response.json({ token: "ours", audience: "buyer", expires_at: SOON }, { status: 201 });
const refused = async () => Response.json({ detail: "expired" }, { status: 401 });

afterEach(() => vi.unstubAllGlobals());

test("one exchange for a customer, whatever often the page says so", async () => {
  const { identity, storage, fetched, told } = setUp(accepted);
  expect(await identity.identify(siteToken("kim"))).toBe(true);
  expect(await identity.identify(siteToken("kim"))).toBe(true);
  expect(fetched).toHaveBeenCalledTimes(1);
  expect(storage.get("visitor")).toContain('"customer":"kim"');
  expect(told).toEqual([["identified", { audience: "buyer" }]]);
});

test("another customer's things go before the server is asked", async () => {
  const { identity, storage } = setUp(accepted);
  await identity.identify(siteToken("kim"));
  storage.set("draft", "secret");
  let seen: string | null = "not looked";
  vi.stubGlobal("fetch", async () => {
    seen = storage.get("draft");
    return refused();
  });
  expect(await identity.identify(siteToken("lee"))).toBe(false);
  expect([seen, storage.get("draft"), storage.get("visitor")]).toEqual([null, null, null]);
});

test("a logout is not undone by an answer that comes after it", async () => {
  let answer: (response: Response) => void = () => undefined;
  const { identity, storage } = setUp(() => new Promise((done) => (answer = done)));
  const identified = identity.identify(siteToken("kim"));
  await vi.waitFor(() => expect(fetch).toHaveBeenCalled());
  identity.forget();
  answer(await accepted());
  expect(await identified).toBe(false);
  expect(storage.get("visitor")).toBeNull();
});

test("what the page gives that is no token is told to the page", async () => {
  const { identity, told } = setUp(refused);
  expect(await identity.identify("nonsense")).toBe(false);
  expect(await identity.identify(() => siteToken("kim"))).toBe(true);
  expect(await identity.settled()).toBe(false);
  expect(told.map(([name]) => name)).toEqual(["refused", "refused"]);
  expect(told[1]?.[1]).toEqual({ detail: "expired" });
});
