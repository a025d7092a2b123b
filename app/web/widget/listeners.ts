type Listener = (detail: object) => void;

/** Who on the page wants to know what happens in the widget. */
export class Listeners {
  readonly #all = new Map<string, Set<Listener>>();

  add(name: string, listener: Listener): () => void {
    const same = this.#all.get(name) ?? new Set();
    this.#all.set(name, same.add(listener));
    return () => void same.delete(listener);
  }

  tell(name: string, detail: object): void {
    for (const listener of this.#all.get(name) ?? []) {
      try {
        listener(detail);
      } catch (error) {
        // The page's own mistake: shown where it looks for mistakes, and no reason for us to stop.
        reportError(error);
      }
    }
  }
}
