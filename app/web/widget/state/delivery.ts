import { Problem } from "../../shared/api/problem";
import { Backoff, pause } from "../../shared/stream/backoff";
import { LONGEST, lengthOf, type Outbox, type Parcel } from "./outbox";
import type { Session } from "./session";

/** Why the outbox is not empty yet, for the visitor to read. */
export type Trouble = "offline" | "slow_down" | "unreachable";

interface Listener {
  /** The conversation exists, about to get a message: time to listen to it. */
  onConversation: (id: string) => void;
  onTrouble: (trouble: Trouble | null) => void;
  onAccepted: (parcel: Parcel) => void;
  onRefused: (parcel: Parcel) => void;
  onTokenRejected: () => void;
}

/** Empties the outbox, in order, for as long as it takes. Sending the same parcel twice does no harm. */
export class Delivery {
  #running = false;
  readonly #stop = new AbortController();

  constructor(
    readonly session: Session,
    readonly outbox: Outbox,
    readonly listener: Listener,
  ) {}

  /** For good: the visitor is another one now. */
  stop(): void {
    this.#stop.abort();
  }

  async run(): Promise<void> {
    const { signal } = this.#stop;
    if (this.#running || signal.aborted) return;
    this.#running = true;
    const backoff = new Backoff();
    try {
      for (let parcel = this.#next(); parcel !== undefined; parcel = this.#next()) {
        try {
          await this.#deliver(parcel);
          if (signal.aborted) return;
          backoff.reset();
          this.listener.onTrouble(null);
        } catch (error) {
          if (signal.aborted) return;
          const problem = error instanceof Problem ? error : new Problem(0, "unknown", String(error));
          if (this.#settle(parcel, problem)) continue;
          this.listener.onTrouble(troubleOf(problem));
          await pause(problem.retryAfter === null ? backoff.next() : problem.retryAfter * 1_000, signal);
        }
      }
      this.listener.onTrouble(null);
    } finally {
      this.#running = false;
    }
  }

  #next(): Parcel | undefined {
    return this.outbox.list().find((parcel) => parcel.refused === undefined && !parcel.taken);
  }

  async #deliver(parcel: Parcel): Promise<void> {
    const { session, outbox, listener } = this;
    const token = await session.token();
    const { kind, text, reach, clientId } = parcel;
    let conversation = parcel.to ?? session.knownConversation;
    try {
      conversation ??= await session.conversation(token);
      // Once chosen, it stays: a visitor who looks at another conversation meanwhile does not redirect it.
      outbox.change(clientId, { to: conversation });
      listener.onConversation(conversation);
      if (kind === "message") await session.api.message(token, conversation, text, clientId);
      else if (kind === "handoff") await session.api.handoff(token, conversation);
      else {
        const contact = { reach: reach ?? "", client_id: clientId, ...(text === "" ? {} : { note: text }) };
        await session.api.contact(token, conversation, contact);
      }
    } catch (error) {
      if (error instanceof Problem && error.status === 401) {
        session.forgetToken(token);
        listener.onTokenRejected();
      } else if (error instanceof Problem && (error.status === 403 || error.status === 404) && conversation !== null) {
        session.forgetConversation(conversation);
        const { to: _gone, ...rest } = parcel;
        outbox.put(rest);
      }
      throw error;
    }
    outbox.change(clientId, { taken: true });
    listener.onAccepted(parcel);
  }

  /** True when waiting would not help: either the next try is different already, or the visitor must act. */
  #settle(parcel: Parcel, problem: Problem): boolean {
    if (problem.passing) return false;
    // A new token and a new conversation are made on the next try, after a pause against a server that refuses all.
    if (problem.status === 401 || problem.status === 403 || problem.status === 404) return false;
    const tooLong = problem.status === 413 || lengthOf(parcel.text) > LONGEST;
    const refused = tooLong ? "too_long" : "refused";
    this.outbox.change(parcel.clientId, { refused });
    this.listener.onRefused({ ...parcel, refused });
    return true;
  }
}

function troubleOf(problem: Problem): Trouble | null {
  if (problem.status === 429) return "slow_down";
  if (!navigator.onLine) return "offline";
  return problem.status === 401 || problem.status === 403 || problem.status === 404 ? null : "unreachable";
}
