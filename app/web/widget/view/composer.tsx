import type { RefObject } from "preact";
import { useEffect, useLayoutEffect, useState } from "preact/hooks";
import type { ConversationState } from "../../shared/api/conversation";
import { LONGEST, lengthOf } from "../state/outbox";
import type { Storage } from "../state/storage";
import { useWords } from "../words/words";
import { Icon } from "./icon";

const DRAFT = "draft";

interface Props {
  input: RefObject<HTMLTextAreaElement | null>;
  storage: Storage;
  /** Text to put back, for example of a message that was refused. */
  suggested: { text: string } | null;
  mode: ConversationState;
  onTyping: () => void;
  onSend: (text: string) => void;
}

export function Composer({ input, storage, suggested, mode, onTyping, onSend }: Props) {
  const words = useWords();
  const [text, setText] = useState(() => storage.get(DRAFT) ?? "");
  const over = lengthOf(text.trim()) - LONGEST;

  const change = (value: string) => {
    setText(value);
    storage.set(DRAFT, value === "" ? null : value);
  };
  useEffect(() => {
    if (suggested !== null) change(suggested.text);
  }, [suggested]);
  useLayoutEffect(() => {
    const area = input.current;
    if (area === null) return;
    area.style.height = "auto";
    area.style.height = `${Math.min(area.scrollHeight, 132)}px`;
  }, [text]);

  const send = () => {
    const message = text.trim();
    if (message === "" || over > 0) return;
    onSend(message);
    change("");
    input.current?.focus();
  };

  return (
    <form
      class="composer"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      {over > 0 && (
        <p class="composer-error" id="too-long" role="alert">
          {words.tooLong(over)}
        </p>
      )}
      <div class="composer-box">
        <textarea
          ref={input}
          rows={1}
          value={text}
          placeholder={words.placeholder[mode]}
          aria-label={words.placeholder[mode]}
          aria-invalid={over > 0}
          aria-describedby={over > 0 ? "too-long" : undefined}
          enterkeyhint="send"
          autocomplete="off"
          dir="auto"
          onInput={(event) => {
            change(event.currentTarget.value);
            onTyping();
          }}
          onKeyDown={(event) => {
            // While an input method is composing, Enter chooses a word.
            if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
            event.preventDefault();
            send();
          }}
        />
        <button type="submit" class="send" aria-label={words.send} aria-disabled={text.trim() === "" || over > 0}>
          <Icon name="send" />
        </button>
      </div>
    </form>
  );
}
