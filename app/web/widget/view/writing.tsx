import { Markdown } from "../../shared/markdown/markdown";
import type { Writing } from "../state/transcript";
import { useWords } from "../words/words";
import { Avatar } from "./avatar";

/** The answer as it comes in. Screen readers get the finished message from the log instead. */
export function WritingView({ writing }: { writing: Writing | null }) {
  const words = useWords();
  const text = writing?.sentences.join(" ") ?? "";
  return (
    <div class="message bot writing">
      <p class="sr-only" role="status">
        {text === "" ? words.thinking : words.writing}
      </p>
      <div class="bubble" aria-hidden="true">
        {text !== "" && <Markdown text={text} cite={(number) => <span class="cite pending">{number}</span>} />}
        <Dots />
      </div>
    </div>
  );
}

export function PersonTypes({ name, picture }: { name: string; picture: string | null }) {
  const words = useWords();
  return (
    <div class="message person typing">
      <p class="sr-only" role="status">
        {words.nameTypes(name)}
      </p>
      <Avatar name={name} picture={picture} small />
      <div class="bubble" aria-hidden="true">
        <Dots />
      </div>
    </div>
  );
}

function Dots() {
  return (
    <span class="dots">
      <i />
      <i />
      <i />
    </span>
  );
}
