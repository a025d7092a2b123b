import { afterEach, expect, test, vi } from "vitest";
import type { ConversationEvent } from "../shared/api/event";
import { Problem } from "../shared/api/problem";
import { follow } from "../shared/stream/follow";

afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

const line = (seq: number) => `id: ${seq}\ndata: {"seq":${seq},"type":"rating","at":"","data":{"stars":5}}\n\n`;
const stream = (...seqs: number[]) =>
  new Response(seqs.map(line).join(""), { headers: { "Content-Type": "text/event-stream" } });

async function run(answers: (() => Response)[], want: number, page: number[] = []) {
  vi.useFakeTimers();
  const stop = new AbortController();
  const seen: (number | null)[] = [];
  const resumed: (string | null)[] = [];
  let refused: Problem | null = null;
  vi.stubGlobal("fetch", async (_url: string, init: RequestInit) => {
    resumed.push(new Headers(init.headers).get("Last-Event-ID"));
    return (answers.shift() ?? (() => new Response("", { status: 503 })))();
  });
  const done = follow({
    url: "http://server/events",
    token: "t",
    after: 0,
    poll: async (after) => ({
      events: page.filter((seq) => seq > after).map((seq) => ({ seq, type: "rating", at: "", data: { stars: 1 } }) as ConversationEvent),
      last_seq: 0,
    }),
    onEvent: (event) => {
      seen.push(event.seq);
      if (seen.length >= want) stop.abort();
    },
    onLink: () => undefined,
    onRefused: (problem) => {
      refused = problem;
    },
    signal: stop.signal,
  });
  await vi.advanceTimersByTimeAsync(120_000);
  await done;
  return { seen, resumed, refused: refused as Problem | null };
}

test("streams that overlap give each event once, and resume after the last", async () => {
  const { seen, resumed } = await run([() => stream(1, 2), () => stream(1, 2, 3), () => stream(4)], 4);
  expect(seen).toEqual([1, 2, 3, 4]);
  expect(resumed).toEqual(["0", "2", "3"]);
});

test("where streams do not get through, it polls", async () => {
  const { seen } = await run([() => new Response("{}"), () => new Response("{}")], 3, [1, 2, 3]);
  expect(seen).toEqual([1, 2, 3]);
});

test("a rejected token is told, and not tried again", async () => {
  const { refused, resumed } = await run([() => new Response("{}", { status: 401 })], 1);
  expect([refused?.status, resumed.length]).toEqual([401, 1]);
});
