import type { ChatState } from "../state/chat";
import { useWords } from "../words/words";
import { Avatar } from "./avatar";
import { Icon } from "./icon";

interface Props {
  state: ChatState;
  onEarlier: () => void;
  onClose: () => void;
}

/** Who you are talking with. */
export function Header({ state, onEarlier, onClose }: Props) {
  const words = useWords();
  const { personName, personPicture, state: mode } = state.transcript;
  const waiting = mode === "waiting" ? words.waiting : words.assistantRole;
  return (
    <div class="header">
      <Avatar name={personName} picture={personName && personPicture} />
      <div class="who">
        <h2 dir="auto">{personName ?? words.title}</h2>
        <p>{personName === null ? waiting : state.typing === null ? words.personRole : words.types}</p>
      </div>
      <button type="button" class="icon-button" aria-label={words.earlier} title={words.earlier} onClick={onEarlier}>
        <Icon name="list" />
      </button>
      <button type="button" class="icon-button" aria-label={words.close} title={words.close} onClick={onClose}>
        <Icon name="close" />
      </button>
    </div>
  );
}
