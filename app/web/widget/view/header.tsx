import type { Transcript } from "../state/transcript";
import { useWords } from "../words/words";
import { Icon } from "./icon";

interface Props {
  transcript: Transcript;
  onClose: () => void;
}

/** Who you are talking with. */
export function Header({ transcript, onClose }: Props) {
  const words = useWords();
  const { personName, state } = transcript;
  const title = personName ?? words.title;
  const subtitle = personName !== null ? words.withPerson(personName) : state === "waiting" ? words.waiting : words.assistant;
  return (
    <div class="header">
      <span class="avatar" aria-hidden="true">
        {personName === null ? <Icon name="book" /> : initials(personName)}
      </span>
      <div class="who">
        <h2>{title}</h2>
        {subtitle !== title && <p>{subtitle}</p>}
      </div>
      <button type="button" class="icon-button" aria-label={words.close} onClick={onClose}>
        <Icon name="close" />
      </button>
    </div>
  );
}

function initials(name: string): string {
  const parts = name.trim().split(/\s+/);
  return [parts[0], parts.length > 1 ? parts.at(-1) : undefined].map((part) => [...(part ?? "")][0] ?? "").join("").toUpperCase();
}
