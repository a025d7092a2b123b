import type { Article } from "./article";
import type { Conversation, EventPage } from "./conversation";
import { Http } from "./http";
import type { Brief, Claim, QueueFilter, QueueItem, StaffMember, StaffQueue } from "./desk";

interface Accepted {
  seq?: number;
}

/** What a member of staff may ask of the server. */
export class StaffApi {
  readonly #http: Http;

  constructor(
    base: string,
    readonly token: string,
  ) {
    this.#http = new Http(base);
  }

  me(): Promise<StaffMember> {
    return this.#get("/v1/me");
  }

  queues(): Promise<{ queues: StaffQueue[] }> {
    return this.#get("/v1/queues");
  }

  queue(state: QueueFilter, queue: string): Promise<{ items: QueueItem[] }> {
    return this.#get("/v1/queue", { state, queue });
  }

  queueEventsUrl(): string {
    return this.#http.url("/v1/queue/events");
  }

  conversation(id: string): Promise<Conversation> {
    return this.#get(path(id));
  }

  brief(id: string): Promise<Brief> {
    return this.#get(path(id, "brief"));
  }

  article(id: string, revision: number, audience: string): Promise<Article> {
    return this.#get(`/v1/articles/${encodeURIComponent(id)}`, { revision, audience });
  }

  events(id: string, after: number, signal?: AbortSignal): Promise<EventPage> {
    return this.#http.send(path(id, "events"), { token: this.token, query: { after }, ...(signal ? { signal } : {}) });
  }

  eventsUrl(id: string): string {
    return this.#http.url(path(id, "events"));
  }

  claim(id: string): Promise<Claim> {
    return this.#http.send(path(id, "claim"), { method: "POST", token: this.token, body: {} });
  }

  reply(id: string, fence: number, text: string, clientId: string): Promise<Accepted> {
    return this.#post(id, "reply", { text, fence, client_id: clientId });
  }

  note(id: string, text: string): Promise<Accepted> {
    return this.#post(id, "note", { text });
  }

  release(id: string, fence: number, reason: string): Promise<Accepted> {
    return this.#post(id, "release", { fence, ...(reason === "" ? {} : { reason }) });
  }

  transfer(id: string, fence: number, queue: string, reason: string): Promise<Accepted> {
    return this.#post(id, "transfer", { fence, queue, reason });
  }

  resolve(id: string, fence: number, labels: { bot_was_right?: boolean; needed_person?: boolean }): Promise<Accepted> {
    return this.#post(id, "resolve", { fence, ...labels });
  }

  #get<T>(where: string, query: Record<string, string | number> = {}): Promise<T> {
    return this.#http.send(where, { token: this.token, query });
  }

  #post(id: string, action: string, body: object): Promise<Accepted> {
    return this.#http.send(path(id, action), { method: "POST", token: this.token, body });
  }
}

function path(id: string, action?: string): string {
  return `/v1/conversations/${encodeURIComponent(id)}${action === undefined ? "" : `/${action}`}`;
}
