import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import type { QueueFilter, QueueItem } from "../../shared/api/desk";
import { Problem } from "../../shared/api/problem";
import type { StaffApi } from "../../shared/api/staff";
import { Backoff, pause } from "../../shared/stream/backoff";
import { readStream } from "../../shared/stream/read";

export interface QueueView {
  items: QueueItem[] | null;
  live: boolean;
  refresh: () => void;
}

/** Many changes at once cost one request. */
const GATHER = 150;
/** Also without any change: a lost wake-up must not hide a visitor. */
const AT_LEAST_EVERY = 30_000;

export function useQueue(api: StaffApi, filter: QueueFilter, queue: string, onRejected: () => void): QueueView {
  const [items, setItems] = useState<QueueItem[] | null>(null);
  const [live, setLive] = useState(false);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const wanted = useRef("");
  wanted.current = `${filter} ${queue}`;

  const load = useCallback(async () => {
    const asked = `${filter} ${queue}`;
    try {
      const found = await api.queue(filter, queue);
      if (wanted.current === asked) setItems(found.items);
    } catch (error) {
      if (error instanceof Problem && error.status === 401) onRejected();
    }
  }, [api, filter, queue]);

  const refresh = useCallback(() => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => void load(), GATHER);
  }, [load]);
  const latest = useRef(refresh);
  latest.current = refresh;

  useEffect(() => {
    setItems(null);
    void load();
    const every = setInterval(() => void load(), AT_LEAST_EVERY);
    return () => clearInterval(every);
  }, [load]);

  useEffect(() => {
    const stop = new AbortController();
    void watch(api, stop.signal, () => latest.current(), setLive, onRejected);
    return () => stop.abort();
  }, [api]);

  return { items, live, refresh };
}

async function watch(
  api: StaffApi,
  signal: AbortSignal,
  onChange: () => void,
  onLive: (live: boolean) => void,
  onRejected: () => void,
): Promise<void> {
  const backoff = new Backoff();
  while (!signal.aborted) {
    try {
      const onOpen = () => {
        onLive(true);
        backoff.reset();
        // Something may have changed while nobody listened.
        onChange();
      };
      await readStream(api.queueEventsUrl(), api.token, null, signal, onChange, onOpen);
      await pause(500, signal);
    } catch (error) {
      if (signal.aborted) return;
      if (error instanceof Problem && error.status === 401) return onRejected();
      onLive(false);
      onChange();
      await pause(backoff.next(), signal);
    }
  }
}
