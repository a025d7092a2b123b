import { useSyncExternalStore } from "react";

/** One clock for the whole page: ages and countdowns move together, and a hundred rows cost one timer. */
const TICK = 5_000;
const listeners = new Set<() => void>();
let now = Date.now();
let timer: ReturnType<typeof setInterval> | undefined;

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  timer ??= setInterval(() => {
    now = Date.now();
    for (const one of listeners) one();
  }, TICK);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

/** The time, fresh enough for ages in minutes. */
export function useNow(): number {
  return useSyncExternalStore(subscribe, () => now);
}
