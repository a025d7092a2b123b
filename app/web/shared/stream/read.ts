import { problemFrom } from "../api/problem";
import { FrameParser } from "./frame";

/** Keep-alives come every 15 s or sooner: a stream that is silent for longer is dead. */
const SILENCE = 40_000;
const SLEPT = 20_000;

/** Reads one stream to its end. Fetch, because `EventSource` can send no `Authorization`. */
export async function readStream(
  url: string,
  token: string,
  after: number | null,
  signal: AbortSignal,
  onFrame: (data: string) => void,
  onOpen: () => void,
): Promise<"ended" | "finished"> {
  const abort = new AbortController();
  const stop = () => abort.abort();
  signal.addEventListener("abort", stop);
  let watchdog = setTimeout(stop, SILENCE);
  let heard = Date.now();
  // After a sleep the timers have slept too: a stream that missed its keep-alives is dead, whatever they say.
  const onWake = () => {
    if (Date.now() - heard > SLEPT) stop();
  };
  globalThis.addEventListener?.("online", onWake);
  globalThis.document?.addEventListener("visibilitychange", onWake);
  try {
    const headers: Record<string, string> = { Accept: "text/event-stream", Authorization: `Bearer ${token}` };
    if (after !== null) headers["Last-Event-ID"] = String(after);
    const response = await fetch(url, { headers, signal: abort.signal, cache: "no-store" });
    if (!response.ok) throw await problemFrom(response);
    // A server says with 204 that there is nothing more to come.
    if (response.status === 204) return "finished";
    if (response.body === null || !response.headers.get("Content-Type")?.startsWith("text/event-stream")) {
      throw new Error("not a stream");
    }
    onOpen();
    const reader = response.body.getReader();
    const decoder = new TextDecoder();
    const parser = new FrameParser();
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return "ended";
      heard = Date.now();
      clearTimeout(watchdog);
      watchdog = setTimeout(stop, SILENCE);
      parser.push(decoder.decode(value, { stream: true })).forEach(onFrame);
    }
  } finally {
    clearTimeout(watchdog);
    signal.removeEventListener("abort", stop);
    globalThis.removeEventListener?.("online", onWake);
    globalThis.document?.removeEventListener("visibilitychange", onWake);
    abort.abort();
  }
}
