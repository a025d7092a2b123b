import type { Audience } from "../../shared/api/conversation";
import type { VisitorApi } from "../../shared/api/visitor";
import type { Locale } from "../../shared/i18n/locale";
import type { Frame } from "../frame";
import { parsed, type Storage } from "./storage";

/** Milliseconds: browsers tell tabs of each other's storage within a few of them. */
const SPREADS = 250;

type Page = Pick<Frame, "audience" | "locale" | "context" | "identify" | "earlier">;

/** Who the visitor is and which conversation is theirs, shared by all tabs. */
export class Session {
  constructor(
    readonly api: VisitorApi,
    readonly storage: Storage,
    readonly page: Page,
  ) {}

  get knownToken(): string | null {
    return this.#known("token");
  }

  /** Who the site says it is; null for an anonymous visitor. */
  get customer(): string | null {
    return this.#known("customer");
  }

  get audience(): Audience {
    return (this.#known("audience") as Audience | null) ?? this.page.audience;
  }

  get locale(): Locale {
    return this.page.locale;
  }

  get knownConversation(): string | null {
    return this.storage.get("conversation");
  }

  token(): Promise<string> {
    return this.#alone("visitor", () => this.knownToken, async () => {
      // A customer whose session ran out is still that customer.
      if ((await this.page.identify()) && this.knownToken !== null) return this.knownToken;
      const { token } = await this.api.begin(this.page.audience, this.locale);
      this.storage.set("visitor", JSON.stringify({ token }));
      return token;
    });
  }

  conversation(token: string): Promise<string> {
    return this.#alone("conversation", () => this.knownConversation, async () => {
      const { audience, locale } = this;
      const { id } = await this.api.open(token, audience, locale, this.page.context);
      // Somebody else may have signed in meanwhile: their browser must not remember this one.
      if (this.knownToken === token) this.storage.set("conversation", id);
      return id;
    });
  }

  /** The conversation to show from now on, in every tab; null for a new one with the next message. */
  choose(id: string | null): void {
    this.storage.set("conversation", id);
  }

  /** After a 401. Another tab may already have a new token: that one is kept. */
  forgetToken(rejected: string): void {
    if (this.knownToken !== rejected) return;
    this.storage.set("conversation", null);
    this.storage.set("visitor", null);
  }

  forgetConversation(id: string): void {
    if (this.knownConversation === id) this.storage.set("conversation", null);
  }

  #known(field: string): string | null {
    const value = parsed(this.storage.get("visitor"))?.[field];
    return typeof value === "string" ? value : null;
  }

  /** Two tabs that begin at the same moment begin one conversation. */
  async #alone(what: string, known: () => string | null, work: () => Promise<string>): Promise<string> {
    const found = known();
    if (found !== null) return found;
    if (!("locks" in navigator)) return work();
    return new Promise((resolve, reject) => {
      void navigator.locks.request(this.storage.prefix + what, async () => {
        await Promise.resolve(known() ?? work()).then(resolve, reject);
        // What this tab stored takes a moment to reach the one that waits.
        await new Promise((done) => setTimeout(done, SPREADS));
      });
    });
  }
}
