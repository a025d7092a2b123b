import { Backoff, pause } from "../../shared/stream/backoff";

/** Keep-alives come as comments, which `EventSource` hides; a server that is gone ends the connection by itself. */
interface Listener {
  url: (after: number) => string;
  after: number;
  types: readonly string[];
  onEvent: (type: string, data: unknown, id: number | null) => void;
  onLink: (up: boolean) => void;
  /** The stream was refused: the caller asks the API why. */
  onRefused: () => void;
  signal: AbortSignal;
}

/** Follows a stream of the server's over any number of connections, from the last event on. */
export async function listen(listener: Listener): Promise<void> {
  const { signal } = listener;
  const backoff = new Backoff();
  let last = listener.after;
  while (!signal.aborted) {
    const opened = await once(listener, last, (id) => {
      last = id;
    }, () => backoff.reset());
    if (signal.aborted) return;
    listener.onLink(false);
    if (!opened) listener.onRefused();
    await pause(backoff.next(), signal);
  }
}

function once(listener: Listener, last: number, onId: (id: number) => void, onOpen: () => void): Promise<boolean> {
  return new Promise((resolve) => {
    const source = new EventSource(listener.url(last));
    let opened = false;
    const end = () => {
      source.close();
      listener.signal.removeEventListener("abort", end);
      removeEventListener("offline", end);
      resolve(opened);
    };
    listener.signal.addEventListener("abort", end);
    // A connection without a network ends only after minutes; until then the desk would call itself live.
    addEventListener("offline", end);
    source.addEventListener("open", () => {
      opened = true;
      onOpen();
      listener.onLink(true);
    });
    // The browser would come back by itself, at a fixed pace and for network errors only: we come back instead.
    source.addEventListener("error", end);
    for (const type of listener.types) {
      source.addEventListener(type, (event: MessageEvent<string>) => {
        const id = event.lastEventId === "" ? null : Number(event.lastEventId);
        if (id !== null) onId(id);
        listener.onEvent(type, parse(event.data), id);
      });
    }
  });
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}
