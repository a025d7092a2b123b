/** localStorage, or the page's memory where the browser gives us none. */
const memory = new Map<string, string>();

export class Storage {
  constructor(readonly prefix: string) {}

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
    const names = new Set(memory.keys());
    try {
      for (let at = 0; at < localStorage.length; at += 1) names.add(localStorage.key(at) ?? "");
    } catch {
      // Only the memory, then.
    }
    const wanted = this.prefix + start;
    return [...names].filter((name) => name.startsWith(wanted)).map((name) => name.slice(this.prefix.length));
  }

  /** Tells when another tab changed a key. */
  watch(onChange: (key: string) => void): void {
    addEventListener("storage", (event) => {
      if (event.key?.startsWith(this.prefix)) onChange(event.key.slice(this.prefix.length));
    });
  }
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
