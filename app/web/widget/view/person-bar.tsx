import type { ChatState } from "../state/chat";
import { useWords } from "../words/words";
import { Icon } from "./icon";

interface Props {
  state: ChatState;
  onAsk: () => void;
}

/** The way to a person: always in sight, never a magic word. */
export function PersonBar({ state, onAsk }: Props) {
  const words = useWords();
  const { transcript, pending } = state;
  if (transcript.state === "claimed" && transcript.personName !== null) {
    return <p class="person-bar status">{words.withPerson(transcript.personName)}</p>;
  }
  if (transcript.state === "waiting") {
    const { position, open } = transcript.waiting ?? { position: null, open: true };
    return (
      <p class="person-bar status" role="status">
        <Icon name="clock" />
        <span>{open && position !== null ? words.position(position) : words.waiting}</span>
      </p>
    );
  }
  const asking = pending.some((parcel) => parcel.kind === "handoff");
  return (
    <div class="person-bar">
      <button type="button" class="person-button" aria-disabled={asking} onClick={() => asking || onAsk()}>
        <Icon name="person" />
        {asking ? words.asking : words.person}
      </button>
    </div>
  );
}
