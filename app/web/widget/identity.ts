import { parsed, type Storage } from "./state/storage";

/** A site token, or how to get a fresh one: asked for only when the visitor opens the chat. */
export type TokenSource = string | (() => string | Promise<string>);

/** A session that ends sooner than this is renewed. */
const FRESH_FOR = 3_600_000;

interface Exchange {
  base: string;
  storage: Storage;
  /** The visitor is another one, or the same with a new token. */
  onChange: () => void;
  emit: (name: string, detail: object) => void;
}

/** Who the page says the visitor is. What another visitor left in this browser is gone before anything is asked. */
export class Identity {
  #source: (() => string | Promise<string>) | null = null;
  #last: Promise<boolean> = Promise.resolve(false);
  /** Grows with each logout: what was asked before it counts no more. */
  #round = 0;

  constructor(readonly exchange: Exchange) {}

  identify(source: TokenSource): Promise<boolean> {
    if (typeof source === "string") return this.#next(() => this.#become(source));
    this.#source = source;
    return Promise.resolve(true);
  }

  /** The page's word is taken in: now the stored session is the visitor's own. */
  settled(): Promise<boolean> {
    const source = this.#source;
    if (source === null) return this.#last;
    return this.#next(async () => this.#become(await source()));
  }

  forget(): void {
    this.#source = null;
    this.#round += 1;
    this.#last = Promise.resolve(false);
    this.exchange.storage.wipe();
    this.exchange.onChange();
  }

  /** One at a time, in the order in which the page asked. */
  #next(work: () => Promise<boolean>): Promise<boolean> {
    this.#last = this.#last.then(work).catch((error: unknown) => {
      this.exchange.emit("refused", { detail: error instanceof Error ? error.message : String(error) });
      return false;
    });
    return this.#last;
  }

  async #become(siteToken: string): Promise<boolean> {
    const { base, storage, onChange } = this.exchange;
    const round = this.#round;
    const customer = subject(siteToken);
    const known = parsed(storage.get("visitor"));
    const knownCustomer = known?.["customer"];
    const same = typeof knownCustomer === "string" && knownCustomer === customer;
    if (same && Number(known?.["until"]) > Date.now() + FRESH_FOR) return true;
    if (typeof knownCustomer === "string" && !same) {
      storage.wipe();
      onChange();
    }
    const response = await fetch(`${base}/v1/visitors`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ token: siteToken }),
    });
    const body = (await response.json()) as Record<string, unknown>;
    if (round !== this.#round) return false;
    if (!response.ok) throw new Error(String(body["detail"] ?? response.status));
    // What an anonymous visitor said here before is not this customer's.
    if (!same) storage.wipe();
    const { token, audience, expires_at: expires } = body;
    storage.set("visitor", JSON.stringify({ token, audience, customer, until: Date.parse(String(expires)) }));
    onChange();
    this.exchange.emit("identified", { audience });
    return true;
  }
}

/** Whose token it claims to be: only the server can tell whether that is true. */
function subject(siteToken: string): string {
  const middle = (siteToken.split(".")[1] ?? "").replace(/-/g, "+").replace(/_/g, "/");
  const bytes = Uint8Array.from(atob(middle), (letter) => letter.charCodeAt(0));
  return String(parsed(new TextDecoder().decode(bytes))?.["sub"]);
}
