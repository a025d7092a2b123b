import { render } from "preact";
import { VisitorApi } from "../shared/api/visitor";
import markdown from "../shared/theme/markdown.css?inline";
import tokens from "../shared/theme/tokens.css?inline";
import type { Frame, Panel } from "./frame";
import { Chat } from "./state/chat";
import { Session } from "./state/session";
import { Storage } from "./state/storage";
import article from "./style/article.css?inline";
import composer from "./style/composer.css?inline";
import message from "./style/message.css?inline";
import notice from "./style/notice.css?inline";
import panel from "./style/panel.css?inline";
import rating from "./style/rating.css?inline";
import { ChatPanel } from "./view/panel";
import { LocaleProvider } from "./words/words";

/** Brings the chat into the loader's shadow root. */
export function mount(frame: Frame): Panel {
  const { root, base, audience, locale, context } = frame;
  const sheet = new CSSStyleSheet();
  sheet.replaceSync([tokens, panel, markdown, message, notice, composer, article, rating].join("\n"));
  root.adoptedStyleSheets = [sheet, ...root.adoptedStyleSheets];

  const storage = new Storage(`baton.${audience}.`);
  const chat = new Chat(new Session(new VisitorApi(base), storage, audience, locale, context));
  const container = document.createElement("div");
  container.className = "baton";
  container.lang = locale;
  root.append(container);

  let isOpen = false;
  let read = count();
  chat.subscribe(() => {
    if (isOpen) read = count();
    frame.onUnread(Math.max(0, count() - read));
  });

  function count(): number {
    return chat.state.transcript.entries.filter((entry) => entry.kind === "person").length;
  }

  function show(open: boolean, takeFocus: boolean): void {
    isOpen = open;
    read = count();
    frame.onUnread(0);
    render(
      <LocaleProvider value={locale}>
        {open && <ChatPanel chat={chat} storage={storage} takeFocus={takeFocus} onClose={close} />}
      </LocaleProvider>,
      container,
    );
  }

  function close(): void {
    if (!isOpen) return;
    show(false, false);
    frame.onClosed();
  }

  return {
    open: (takeFocus) => {
      if (isOpen) return;
      show(true, takeFocus);
      frame.onOpened();
    },
    close,
  };
}
