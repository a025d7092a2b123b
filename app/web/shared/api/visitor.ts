import type { Article } from "./article";
import type { Audience, Conversation, EventPage, PageContext } from "./conversation";
import { Http } from "./http";

export interface Visitor {
  token: string;
  visitor_id: string;
  audience: Audience;
  locale: string;
  expires_at: string;
}

interface Accepted {
  seq: number;
}

/** What a visitor may ask of the server. */
export class VisitorApi {
  readonly #http: Http;

  constructor(base: string) {
    this.#http = new Http(base);
  }

  begin(audience: Audience, locale: string): Promise<Visitor> {
    return this.#http.send("/v1/visitors", { method: "POST", body: { audience, locale } });
  }

  open(token: string, audience: Audience, locale: string, context: PageContext): Promise<Conversation> {
    return this.#http.send("/v1/conversations", { method: "POST", token, body: { audience, locale, context } });
  }

  conversation(token: string, id: string): Promise<Conversation> {
    return this.#http.send(path(id), { token });
  }

  events(token: string, id: string, after: number, signal?: AbortSignal): Promise<EventPage> {
    return this.#http.send(path(id, "events"), { token, query: { after }, ...(signal ? { signal } : {}) });
  }

  eventsUrl(id: string): string {
    return this.#http.url(path(id, "events"));
  }

  message(token: string, id: string, text: string, clientId: string): Promise<Accepted> {
    return this.#post(token, id, "messages", { text, client_id: clientId });
  }

  handoff(token: string, id: string, note?: string): Promise<Accepted> {
    return this.#post(token, id, "handoff", note === undefined ? {} : { note });
  }

  conversations(token: string): Promise<{ conversations: Conversation[] }> {
    return this.#http.send("/v1/conversations", { token });
  }

  contact(token: string, id: string, contact: { reach: string; note?: string; client_id: string }): Promise<Accepted> {
    return this.#post(token, id, "contact", contact);
  }

  typing(token: string, id: string): Promise<Accepted> {
    return this.#post(token, id, "typing", {});
  }

  feedback(token: string, id: string, seq: number, helpful: boolean, comment?: string): Promise<Accepted> {
    return this.#post(token, id, "feedback", { seq, helpful, ...(comment === undefined ? {} : { comment }) });
  }

  rating(token: string, id: string, rating: { stars: number; solved?: boolean; comment?: string }): Promise<Accepted> {
    return this.#post(token, id, "rating", rating);
  }

  article(id: string, revision: number | undefined, audience: Audience, locale: string, token?: string): Promise<Article> {
    return this.#http.send(`/v1/articles/${encodeURIComponent(id)}`, {
      query: { revision, audience, locale },
      ...(token === undefined ? {} : { token }),
    });
  }

  /** The same article as a page of the help centre. */
  articlePage(id: string, cited: { revision?: number; locale?: string }, audience: Audience, lang: string): string {
    const { revision, locale } = cited;
    return this.#http.url(`/articles/${encodeURIComponent(id)}`, { audience, lang, revision, locale });
  }

  #post(token: string, id: string, action: string, body: object): Promise<Accepted> {
    return this.#http.send(path(id, action), { method: "POST", token, body });
  }
}

function path(id: string, action?: string): string {
  return `/v1/conversations/${encodeURIComponent(id)}${action === undefined ? "" : `/${action}`}`;
}
