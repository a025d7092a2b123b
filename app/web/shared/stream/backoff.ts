/** Growing pauses with full jitter, so that many clients do not come back at the same moment. */
export class Backoff {
  #tries = 0;

  constructor(
    readonly first = 500,
    readonly longest = 15_000,
  ) {}

  next(): number {
    const ceiling = Math.min(this.longest, this.first * 2 ** this.#tries);
    this.#tries += 1;
    return ceiling / 2 + Math.random() * (ceiling / 2);
  }

  reset(): void {
    this.#tries = 0;
  }
}

/** Waits, but no longer than until the browser is back online, the page is looked at again, or `signal` stops it. */
export function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener("abort", done);
      globalThis.removeEventListener?.("online", done);
      globalThis.document?.removeEventListener("visibilitychange", seen);
      resolve();
    };
    const seen = () => {
      if (document.visibilityState === "visible") done();
    };
    const timer = setTimeout(done, ms);
    signal.addEventListener("abort", done);
    globalThis.addEventListener?.("online", done);
    globalThis.document?.addEventListener("visibilitychange", seen);
  });
}
