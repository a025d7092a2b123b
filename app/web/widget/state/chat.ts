import type { Conversation } from "../../shared/api/conversation";
import { Problem } from "../../shared/api/problem";
import type { ConversationEvent } from "../../shared/api/event";
import { Delivery, type Trouble } from "./delivery";
import { Following } from "./following";
import { Outbox, type Parcel } from "./outbox";
import type { Session } from "./session";
import { applied, EMPTY, isSaid, type Transcript, withOutlook } from "./transcript";
import { Typing } from "./typing";

const LOOK_EVERY = 10_000;
const LOOK_SOON = 50;
/** What another tab has written it sends itself, unless it was closed meanwhile. */
const OTHER_TAB_SENDS = 4_000;

export interface ChatState {
  transcript: Transcript;
  /** Sent by this visitor, not yet seen in the log. */
  pending: Parcel[];
  link: "idle" | "up" | "down";
  trouble: Trouble | null;
  /** The old conversation was lost, for example because its token ran out. */
  restarted: boolean;
  /** The person who writes just now. */
  typing: string | null;
}

/** The visitor's conversation: what happened, what is on its way, and the ways to act on it. */
export class Chat {
  #state: ChatState = { transcript: EMPTY, pending: [], link: "idle", trouble: null, restarted: false, typing: null };
  readonly #listeners = new Set<() => void>();
  readonly #outbox: Outbox;
  readonly #delivery: Delivery;
  readonly #typing: Typing;
  readonly #stopped = new AbortController();
  #followed: Following | null = null;
  #look: ReturnType<typeof setTimeout> | undefined;

  constructor(readonly session: Session) {
    const { signal } = this.#stopped;
    this.#outbox = new Outbox(session.storage);
    this.#delivery = new Delivery(session, this.#outbox, {
      onConversation: (id) => this.#follow(session.knownConversation ?? id),
      onTrouble: (trouble) => this.#set({ trouble }),
      onAccepted: (parcel) => this.#accepted(parcel),
      onRefused: (parcel) => this.#refused(parcel),
      onTokenRejected: () => this.#restart(),
    });
    this.#typing = new Typing(
      (typing) => this.#set({ typing }),
      async () => session.api.typing(...this.#current()),
    );
    session.storage.watch((key) => this.#otherTab(key), signal);
    addEventListener("online", () => void this.#delivery.run(), { signal });
    const looking = setInterval(() => void this.#lookAtQueue(), LOOK_EVERY);
    signal.addEventListener("abort", () => clearInterval(looking));
    this.#adopt();
    void this.#delivery.run();
    void this.#resume();
  }

  get state(): ChatState {
    return this.#state;
  }

  get conversation(): string | null {
    return this.#followed?.id ?? null;
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** The visitor is another one, or gone: nothing of this one moves any more. */
  stop(): void {
    this.#listeners.clear();
    this.#stopped.abort();
    this.#delivery.stop();
    this.#followed?.stop();
    clearTimeout(this.#look);
  }

  send(text: string): void {
    this.#post({ kind: "message", text });
  }

  askForPerson(): void {
    if (this.#state.pending.every((parcel) => parcel.kind !== "handoff")) this.#post({ kind: "handoff", text: "" });
  }

  leaveContact(reach: string, note: string): void {
    this.#post({ kind: "contact", text: note, reach });
  }

  typed(): void {
    // Who writes will send: the token need not be waited for then.
    this.session.token().catch(() => undefined);
    if (this.#state.transcript.state === "claimed") this.#typing.pressed();
  }

  retry(parcel: Parcel): void {
    this.discard(parcel);
    this.#post({ kind: parcel.kind, text: parcel.text });
  }

  discard(parcel: Parcel): void {
    this.#outbox.remove(parcel.clientId);
    this.#showPending();
  }

  async feedback(seq: number, helpful: boolean, comment?: string): Promise<void> {
    await this.session.api.feedback(...this.#current(), seq, helpful, comment);
  }

  async rate(rating: { stars: number; solved?: boolean }): Promise<void> {
    await this.session.api.rating(...this.#current(), rating);
  }

  /** Earlier conversations that said something, newest first. */
  async earlier(): Promise<Conversation[]> {
    const token = this.session.knownToken;
    const { conversations } = token === null ? { conversations: [] } : await this.session.api.conversations(token);
    return conversations.filter((one) => one.last_seq > 0);
  }

  /** Shows another conversation; null begins a new one with the next message. */
  choose(id: string | null): void {
    this.session.choose(id);
    if (id === null) this.#forget();
    else this.#follow(id);
  }

  #current(): [token: string, id: string] {
    const token = this.session.knownToken;
    const id = this.#followed?.id ?? null;
    if (token === null || id === null) throw new Problem(404, "no conversation", "");
    return [token, id];
  }

  #post(written: Pick<Parcel, "kind" | "text" | "reach">): void {
    const to = this.session.knownConversation;
    this.#outbox.add(to === null ? written : { ...written, to });
    this.#showPending();
    void this.#delivery.run();
  }

  #otherTab(key: string): void {
    if (key === "conversation" || key === "") this.#adopt();
    else if (key.startsWith("outbox.")) {
      this.#showPending();
      setTimeout(() => void this.#delivery.run(), OTHER_TAB_SENDS);
    }
  }

  /** Another tab, or the last visit, has a conversation: show it. */
  #adopt(): void {
    const id = this.session.knownConversation;
    if (id !== null) this.#follow(id);
    else this.#restart();
    this.#showPending();
  }

  /** A customer finds what is still open again on every device. */
  async #resume(): Promise<void> {
    if (this.session.customer === null || this.session.knownConversation !== null) return;
    const conversations = await this.earlier().catch(() => []);
    const open = conversations.find((one) => one.state !== "resolved");
    if (open !== undefined && this.session.knownConversation === null && !this.#stopped.signal.aborted) this.choose(open.id);
  }

  #follow(id: string): void {
    const token = this.session.knownToken;
    if (this.#followed?.id === id || token === null || this.#stopped.signal.aborted) return;
    this.#forget();
    this.#followed = new Following(id, token, this.session, {
      onEvent: (event) => this.#happened(id, event),
      onLink: (link) => this.#set({ link }),
      onLost: () => this.#restart(),
    });
    this.#showPending();
  }

  #happened(id: string, event: ConversationEvent): void {
    if (event.type === "typing") {
      if (event.data.who === "agent") this.#typing.heard(event.data.name ?? "");
      return;
    }
    if (event.type === "message.agent" || event.type === "handoff.released") this.#typing.ended();
    if (event.type === "handoff.opened") this.#outbox.personComes(id);
    const transcript = applied(this.#state.transcript, event);
    this.#set({ transcript, pending: this.#pending(transcript) });
    if (!event.type.startsWith("handoff.")) return;
    clearTimeout(this.#look);
    this.#look = setTimeout(() => void this.#lookAtQueue(), LOOK_SOON);
  }

  /** A message stays on the screen as pending until the log shows it; so does a wish for a person, unless one is coming. */
  #accepted(parcel: Parcel): void {
    const comes = ["waiting", "claimed"].includes(this.#state.transcript.state);
    if (parcel.kind === "contact" || (parcel.kind === "handoff" && comes)) this.discard(parcel);
    else this.#showPending();
  }

  #refused(parcel: Parcel): void {
    if (parcel.kind !== "message") this.discard(parcel);
    // What was meant for a person who is not waited for any more is still said.
    if (parcel.kind === "contact" && parcel.text !== "") this.send(parcel.text);
    this.#showPending();
  }

  #pending(transcript: Transcript): Parcel[] {
    return this.#outbox.waiting(this.#followed?.id, (clientId) => isSaid(transcript, clientId));
  }

  #showPending(): void {
    this.#set({ pending: this.#pending(this.#state.transcript) });
  }

  #restart(): void {
    if (this.#followed === null) return;
    const had = this.#state.transcript.entries.length > 0;
    this.#forget();
    if (had) this.#set({ restarted: true });
  }

  #forget(): void {
    this.#followed?.stop();
    this.#followed = null;
    this.#typing.ended();
    this.#set({ transcript: EMPTY, link: "idle", restarted: false, pending: this.#pending(EMPTY) });
  }

  async #lookAtQueue(): Promise<void> {
    if (this.#state.transcript.state !== "waiting" || document.visibilityState === "hidden") return;
    try {
      const [token, id] = this.#current();
      const now = await this.session.api.conversation(token, id);
      if (id === this.#followed?.id) this.#set({ transcript: withOutlook(this.#state.transcript, now) });
    } catch {
      // The next round will tell.
    }
  }

  #set(change: Partial<ChatState>): void {
    this.#state = { ...this.#state, ...change };
    for (const listener of this.#listeners) listener();
  }
}
