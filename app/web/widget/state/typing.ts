/** A person who pauses for longer than this has stopped. */
const LASTS = 6_000;
/** How often the other side is told, while the visitor types. */
const TELL_EVERY = 3_000;

/** Who writes just now, on either side. */
export class Typing {
  #timer: ReturnType<typeof setTimeout> | undefined;
  #told = 0;

  constructor(
    readonly onChange: (name: string | null) => void,
    readonly tell: () => Promise<unknown>,
  ) {}

  heard(name: string): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.onChange(null), LASTS);
    this.onChange(name);
  }

  /** Their message has come, or they have left. */
  ended(): void {
    clearTimeout(this.#timer);
    this.onChange(null);
  }

  /** The visitor pressed a key. */
  pressed(): void {
    if (Date.now() - this.#told < TELL_EVERY) return;
    this.#told = Date.now();
    // Lost once, it is told again with the next key.
    this.tell().catch(() => undefined);
  }
}
