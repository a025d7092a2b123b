import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import type { Citation } from "../../shared/api/event";
import type { Chat } from "../state/chat";
import type { Storage } from "../state/storage";
import { useWords } from "../words/words";
import { ArticleView } from "./article";
import { Composer } from "./composer";
import { Earlier } from "./earlier";
import { Header } from "./header";
import { Log } from "./log";
import { PersonBar } from "./person-bar";
import { keepFocusInside } from "./focus";
import { useChat } from "./use-chat";
import { useKeptFocus } from "./use-kept-focus";
import { useNarrow } from "./use-narrow";

/** A place in an article: the quote is what the answer rests on. */
export type Place = Pick<Citation, "article_id"> & Partial<Pick<Citation, "revision" | "locale" | "quote" | "title">>;

interface Props {
  chat: Chat;
  storage: Storage;
  takeFocus: boolean;
  onClose: () => void;
}

export function ChatPanel({ chat, storage, takeFocus, onClose }: Props) {
  const words = useWords();
  const state = useChat(chat);
  const narrow = useNarrow();
  /** What covers the chat: an article, or the list of earlier conversations. */
  const [over, setOver] = useState<Place | "earlier" | null>(null);
  const [suggested, setSuggested] = useState<{ text: string } | null>(null);
  const panel = useRef<HTMLDivElement>(null);
  const input = useRef<HTMLTextAreaElement>(null);
  const cameFrom = useRef<HTMLElement | null>(null);

  useEffect(() => {
    // Without a mouse, the on-screen keyboard would hide the greeting: the panel gets the focus instead.
    if (takeFocus) (matchMedia("(hover: hover)").matches ? input : panel).current?.focus();
  }, []);
  // With the change and not a frame later: by then somebody may be typing, and Enter would press what took the focus.
  useLayoutEffect(() => {
    if (over === null) cameFrom.current?.focus();
  }, [over]);
  useKeptFocus(panel);

  const cover = (what: Place | "earlier") => {
    if (over === null) {
      const { activeElement } = panel.current?.getRootNode() as ShadowRoot;
      cameFrom.current = activeElement instanceof HTMLElement ? activeElement : panel.current;
    }
    setOver(what);
  };
  const uncover = () => setOver(null);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Escape") {
      event.stopPropagation();
      if (over === null) onClose();
      else uncover();
    } else if (narrow) keepFocusInside(panel.current, event);
  };

  return (
    <div
      ref={panel}
      class="panel"
      role="dialog"
      aria-modal={narrow}
      aria-label={words.title}
      tabIndex={-1}
      onKeyDown={onKeyDown}
    >
      <Header state={state} onEarlier={() => (over === "earlier" ? uncover() : cover("earlier"))} onClose={onClose} />
      {over === "earlier" && <Earlier chat={chat} onBack={uncover} />}
      {over !== null && over !== "earlier" && (
        <ArticleView place={over} session={chat.session} onOpen={cover} onBack={uncover} />
      )}
      <div class="chat" hidden={over !== null}>
        <Log
          chat={chat}
          state={state}
          onOpen={cover}
          onEdit={(parcel) => {
            chat.discard(parcel);
            setSuggested({ text: parcel.text });
            input.current?.focus();
          }}
        />
        <Composer
          input={input}
          storage={storage}
          suggested={suggested}
          mode={state.transcript.state}
          onTyping={() => chat.typed()}
          onSend={(text) => chat.send(text)}
        />
      </div>
      <PersonBar state={state} onAsk={() => chat.askForPerson()} />
    </div>
  );
}
