/** Everything of ours in a browser's storage begins so. */
const OURS = "baton.";

/** localStorage, or the page's memory where the browser gives us none. */
const memory = new Map<string, string>();

export class Storage {
  readonly prefix: string;

  constructor(audience: string) {
    this.prefix = `${OURS}${audience}.`;
  }

  get(key: string): string | null {
    const name = this.prefix + key;
    try {
      return localStorage.getItem(name) ?? memory.get(name) ?? null;
    } catch {
      return memory.get(name) ?? null;
    }
  }

  set(key: string, value: string | null): void {
    const name = this.prefix + key;
    memory.delete(name);
    try {
      if (value === null) localStorage.removeItem(name);
      else localStorage.setItem(name, value);
    } catch {
      if (value !== null) memory.set(name, value);
    }
  }

  keys(start: string): string[] {
    const wanted = this.prefix + start;
    return names(wanted).map((name) => name.slice(this.prefix.length));
  }

  /** Forgets the visitor: who it was, what was said and what was not yet sent, for every audience. */
  wipe(): void {
    memory.clear();
    for (const name of names(OURS)) localStorage.removeItem(name);
  }

  /** Tells when another tab changed a key; "" for all of them at once. */
  watch(onChange: (key: string) => void, signal: AbortSignal): void {
    addEventListener(
      "storage",
      ({ key }) => {
        if (key === null) onChange("");
        else if (key.startsWith(this.prefix)) onChange(key.slice(this.prefix.length));
      },
      { signal },
    );
  }
}

function names(start: string): string[] {
  const found = new Set(memory.keys());
  try {
    for (let at = 0; at < localStorage.length; at += 1) found.add(localStorage.key(at) ?? "");
  } catch {
    // Only the memory, then.
  }
  return [...found].filter((name) => name.startsWith(start));
}

/** Reads JSON that may be missing, or written by an older version of us. */
export function parsed(text: string | null): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text ?? "null");
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}
