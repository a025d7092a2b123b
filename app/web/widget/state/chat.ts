import { Problem } from "../../shared/api/problem";
import { follow } from "../../shared/stream/follow";
import { Delivery, type Trouble } from "./delivery";
import { Outbox, type Parcel } from "./outbox";
import type { Session } from "./session";
import { applied, EMPTY, type Transcript } from "./transcript";

const POSITION_EVERY = 15_000;
/** A page nobody looks at gives its connection back: browsers open about six to a host. */
const HIDDEN_FOR = 60_000;

export interface ChatState {
  transcript: Transcript;
  /** Sent by this visitor, not yet seen in the log. */
  pending: Parcel[];
  link: "idle" | "up" | "down";
  trouble: Trouble | null;
  /** The old conversation was lost, for example because its token ran out. */
  restarted: boolean;
}

/** The visitor's conversation: what happened, what is on its way, and the ways to act on it. */
export class Chat {
  #state: ChatState = { transcript: EMPTY, pending: [], link: "idle", trouble: null, restarted: false };
  readonly #listeners = new Set<() => void>();
  readonly #outbox: Outbox;
  readonly #delivery: Delivery;
  #followed: { id: string; stop: AbortController; last: number } | null = null;
  #hidden: ReturnType<typeof setTimeout> | undefined;

  constructor(readonly session: Session) {
    this.#outbox = new Outbox(session.storage);
    this.#state.pending = this.#outbox.list();
    this.#delivery = new Delivery(session, this.#outbox, {
      onConversation: (id) => this.#follow(id),
      onTrouble: (trouble) => this.#set({ trouble }),
      onAccepted: (parcel) => this.#accepted(parcel),
      onRefused: (parcel) => this.#refused(parcel),
      onTokenRejected: () => this.#restart(),
    });
    session.storage.watch((key) => {
      if (key === "conversation" || key === "visitor") this.#adopt();
    });
    document.addEventListener("visibilitychange", () => this.#attend());
    setInterval(() => void this.#refreshPosition(), POSITION_EVERY);
    this.#adopt();
    void this.#delivery.run();
  }

  get state(): ChatState {
    return this.#state;
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  send(text: string): void {
    this.#post("message", text);
  }

  askForPerson(): void {
    if (this.#state.pending.some((parcel) => parcel.kind === "handoff")) return;
    this.#post("handoff", "");
  }

  retry(parcel: Parcel): void {
    this.discard(parcel);
    this.#post(parcel.kind, parcel.text);
  }

  discard(parcel: Parcel): void {
    this.#outbox.remove(parcel.clientId);
    this.#set({ pending: this.#state.pending.filter((one) => one.clientId !== parcel.clientId) });
  }

  async feedback(seq: number, helpful: boolean, comment?: string): Promise<void> {
    const { token, id } = this.#current();
    await this.session.api.feedback(token, id, seq, helpful, comment);
  }

  async rate(rating: { stars: number; solved?: boolean }): Promise<void> {
    const { token, id } = this.#current();
    await this.session.api.rating(token, id, rating);
  }

  #current(): { token: string; id: string } {
    const token = this.session.knownToken;
    const id = this.session.knownConversation;
    if (token === null || id === null) throw new Problem(404, "no conversation", "");
    return { token, id };
  }

  #post(kind: Parcel["kind"], text: string): void {
    const parcel = this.#outbox.add(kind, text);
    this.#set({ pending: [...this.#state.pending, parcel] });
    void this.#delivery.run();
  }

  /** Another tab, or the last visit, has a conversation: show it. */
  #adopt(): void {
    const id = this.session.knownConversation;
    if (id !== null) this.#follow(id);
    else this.#restart();
  }

  #follow(id: string): void {
    const token = this.session.knownToken;
    if (this.#followed?.id === id || token === null) return;
    this.#restart();
    const stop = new AbortController();
    const followed = { id, stop, last: 0 };
    this.#followed = followed;
    this.#listen(token, followed);
  }

  #listen(token: string, followed: { id: string; stop: AbortController; last: number }): void {
    const { api } = this.session;
    void follow({
      url: api.eventsUrl(followed.id),
      token,
      after: followed.last,
      poll: (after, signal) => api.events(token, followed.id, after, signal),
      signal: followed.stop.signal,
      onLink: (link) => this.#set({ link }),
      onEvent: (event) => {
        if (event.seq !== null) followed.last = event.seq;
        if (event.type === "message.visitor") this.#seen(event.data.client_id);
        if (event.type === "handoff.opened") this.#handedOff();
        this.#set({ transcript: applied(this.#state.transcript, event) });
      },
      onRefused: (problem) => {
        if (problem.status === 401) this.session.forgetToken(token);
        else this.session.forgetConversation(followed.id);
        this.#restart();
      },
    });
  }

  /** A message stays on the screen as pending until the log shows it; so does a wish for a person, unless one is coming. */
  #accepted(parcel: Parcel): void {
    const { state } = this.#state.transcript;
    if (parcel.kind === "handoff" && (state === "waiting" || state === "claimed")) this.discard(parcel);
  }

  #refused(parcel: Parcel): void {
    if (parcel.kind === "handoff") this.discard(parcel);
    else this.#set({ pending: this.#state.pending.map((one) => (one.clientId === parcel.clientId ? parcel : one)) });
  }

  #seen(clientId: string): void {
    if (!this.#state.pending.some((parcel) => parcel.clientId === clientId)) return;
    this.#outbox.remove(clientId);
    this.#set({ pending: this.#state.pending.filter((parcel) => parcel.clientId !== clientId) });
  }

  #handedOff(): void {
    for (const parcel of this.#state.pending) if (parcel.kind === "handoff") this.#outbox.remove(parcel.clientId);
    this.#set({ pending: this.#state.pending.filter((parcel) => parcel.kind !== "handoff") });
  }

  #restart(): void {
    if (this.#followed === null) return;
    const had = this.#state.transcript.entries.length > 0;
    this.#forget();
    if (had) this.#set({ restarted: true });
  }

  #forget(): void {
    this.#followed?.stop.abort();
    this.#followed = null;
    this.#set({ transcript: EMPTY, link: "idle", restarted: false, pending: this.#outbox.list() });
  }

  #attend(): void {
    clearTimeout(this.#hidden);
    const followed = this.#followed;
    if (followed === null) return;
    if (document.visibilityState === "hidden") {
      this.#hidden = setTimeout(() => followed.stop.abort(), HIDDEN_FOR);
    } else if (followed.stop.signal.aborted) {
      const token = this.session.knownToken;
      followed.stop = new AbortController();
      if (token !== null) this.#listen(token, followed);
    }
  }

  async #refreshPosition(): Promise<void> {
    const { waiting, state } = this.#state.transcript;
    if (state !== "waiting" || waiting === null || document.visibilityState === "hidden") return;
    try {
      const { token, id } = this.#current();
      const now = await this.session.api.conversation(token, id);
      const { transcript } = this.#state;
      if (now.queue === null || transcript.state !== "waiting") return;
      const { open, opens_at: opensAt } = now.queue;
      this.#set({ transcript: { ...transcript, waiting: { queue: now.queue, position: now.position, open, opensAt } } });
    } catch {
      // The next round will tell.
    }
  }

  #set(change: Partial<ChatState>): void {
    this.#state = { ...this.#state, ...change };
    for (const listener of this.#listeners) listener();
  }
}
