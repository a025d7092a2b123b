import type { Audience, PageContext } from "../../shared/api/conversation";
import type { VisitorApi } from "../../shared/api/visitor";
import type { Locale } from "../../shared/i18n/locale";
import { parsed, type Storage } from "./storage";

/** Who the visitor is and which conversation is theirs, shared by all tabs. */
export class Session {
  constructor(
    readonly api: VisitorApi,
    readonly storage: Storage,
    readonly audience: Audience,
    readonly locale: Locale,
    readonly context: PageContext,
  ) {}

  get knownToken(): string | null {
    const token = parsed(this.storage.get("visitor"))?.["token"];
    return typeof token === "string" ? token : null;
  }

  get knownConversation(): string | null {
    return this.storage.get("conversation");
  }

  token(): Promise<string> {
    return this.#alone("visitor", async () => {
      const known = this.knownToken;
      if (known !== null) return known;
      const visitor = await this.api.begin(this.audience, this.locale);
      this.storage.set("visitor", JSON.stringify({ token: visitor.token }));
      return visitor.token;
    });
  }

  conversation(token: string): Promise<string> {
    return this.#alone("conversation", async () => {
      const known = this.knownConversation;
      if (known !== null) return known;
      const conversation = await this.api.open(token, this.audience, this.locale, this.context);
      this.storage.set("conversation", conversation.id);
      return conversation.id;
    });
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

  /** Two tabs that begin at the same moment begin one conversation. */
  async #alone(what: string, work: () => Promise<string>): Promise<string> {
    if (!("locks" in navigator)) return work();
    return navigator.locks.request(`${this.storage.prefix}${what}`, work);
  }
}
