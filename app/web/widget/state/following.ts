import type { ConversationEvent } from "../../shared/api/event";
import { follow } from "../../shared/stream/follow";
import type { Session } from "./session";

/** A page nobody looks at gives its connection back: browsers open about six to a host. */
const HIDDEN_FOR = 60_000;

interface Listener {
  onEvent: (event: ConversationEvent) => void;
  onLink: (link: "up" | "down") => void;
  /** The server does not give us this conversation any more. */
  onLost: () => void;
}

/** One conversation's log, listened to for as long as somebody looks. */
export class Following {
  #stream = new AbortController();
  #last = 0;
  #hidden: ReturnType<typeof setTimeout> | undefined;
  readonly #seen = () => this.#attend();

  constructor(
    readonly id: string,
    readonly token: string,
    readonly session: Session,
    readonly listener: Listener,
  ) {
    document.addEventListener("visibilitychange", this.#seen);
    this.#listen();
  }

  stop(): void {
    clearTimeout(this.#hidden);
    document.removeEventListener("visibilitychange", this.#seen);
    this.#stream.abort();
  }

  #listen(): void {
    const { id, token, session, listener } = this;
    const { api } = session;
    this.#stream = new AbortController();
    void follow({
      url: api.eventsUrl(id),
      token,
      after: this.#last,
      poll: (after, signal) => api.events(token, id, after, signal),
      signal: this.#stream.signal,
      onLink: listener.onLink,
      onEvent: (event) => {
        if (event.seq !== null) this.#last = event.seq;
        listener.onEvent(event);
      },
      onRefused: (problem) => {
        if (problem.status === 401) session.forgetToken(token);
        else session.forgetConversation(id);
        listener.onLost();
      },
    });
  }

  #attend(): void {
    clearTimeout(this.#hidden);
    if (document.visibilityState === "hidden") this.#hidden = setTimeout(() => this.#stream.abort(), HIDDEN_FOR);
    else if (this.#stream.signal.aborted) this.#listen();
  }
}
