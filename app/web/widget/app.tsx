import { render } from "preact";
import { VisitorApi } from "../shared/api/visitor";
import markdown from "../shared/theme/markdown.css?inline";
import tokens from "../shared/theme/tokens.css?inline";
import type { Frame, Panel } from "./frame";
import { Chat } from "./state/chat";
import { Session } from "./state/session";
import article from "./style/article.css?inline";
import composer from "./style/composer.css?inline";
import contact from "./style/contact.css?inline";
import message from "./style/message.css?inline";
import notice from "./style/notice.css?inline";
import panel from "./style/panel.css?inline";
import rating from "./style/rating.css?inline";
import { faces } from "./view/face";
import { ChatPanel } from "./view/panel";
import { speak, type Words } from "./words/words";

/** Up to where the visitor has read: the conversation and the number of its event. */
const READ = "read";

/** Brings the chat into the loader's shadow root. */
export function mount(frame: Frame, words: Words): Panel {
  const { root, base, storage, locale, theme } = frame;
  speak(locale, words);
  faces.from = base;
  const sheet = new CSSStyleSheet();
  sheet.replaceSync([tokens, panel, markdown, message, notice, composer, article, contact, rating].join("\n"));
  root.adoptedStyleSheets = [sheet, ...root.adoptedStyleSheets];

  const container = document.createElement("div");
  container.className = "baton";
  container.lang = locale;
  container.dataset["theme"] = theme;
  // The page's own shortcuts are not meant for what is typed here.
  for (const type of ["keydown", "keyup", "keypress"]) container.addEventListener(type, (event) => event.stopPropagation());
  root.append(container);

  const session = new Session(new VisitorApi(base), storage, frame);
  let isOpen = false;
  let customer = session.customer;
  let chat = begin();

  function begin(): Chat {
    const begun = new Chat(session);
    let state = begun.state.transcript.state;
    begun.subscribe(() => {
      const { transcript } = begun.state;
      if (isOpen) markRead(begun);
      frame.onUnread(transcript.entries.filter((entry) => entry.kind === "person" && entry.seq > lastRead(begun)).length);
      if (state !== transcript.state) frame.emit("state", { state: transcript.state });
      state = transcript.state;
    });
    return begun;
  }

  function lastRead({ conversation }: Chat): number {
    const [id, seq] = (storage.get(READ) ?? "").split(" ");
    return id === conversation ? Number(seq) : 0;
  }

  function markRead({ conversation, state }: Chat): void {
    const last = state.transcript.entries.at(-1)?.seq ?? 0;
    if (conversation !== null && last > 0) storage.set(READ, `${conversation} ${last}`);
  }

  function show(): void {
    if (isOpen) markRead(chat);
    frame.onUnread(0);
    render(
      isOpen ? <ChatPanel key={chat} chat={chat} storage={storage} takeFocus={takesFocus} onClose={close} /> : null,
      container,
    );
  }

  let takesFocus = false;
  function open(takeFocus: boolean): void {
    if (isOpen) return;
    [isOpen, takesFocus] = [true, takeFocus];
    show();
    frame.onOpened();
  }

  function close(): void {
    if (!isOpen) return;
    isOpen = false;
    show();
    frame.onClosed();
  }

  /** Another visitor's chat is taken down before anything of this one's is shown. */
  function renew(): void {
    if (session.customer === customer && session.knownToken !== null) return;
    customer = session.customer;
    chat.stop();
    chat = begin();
    show();
  }

  const { signal } = new AbortController();
  storage.watch((key) => (key === "visitor" || key === "") && renew(), signal);
  return { open, close, renew };
}
