import { useEffect, useRef } from "preact/hooks";
import { useWords } from "../words/words";
import { Icon } from "./icon";

/** From a page inside the panel to the chat; takes the focus when the page comes. */
export function Back({ onBack, of }: { onBack: () => void; of: unknown }) {
  const words = useWords();
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => button.current?.focus(), [of]);
  return (
    <button ref={button} type="button" class="back" onClick={onBack}>
      <Icon name="back" />
      {words.back}
    </button>
  );
}
