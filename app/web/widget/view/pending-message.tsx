import { LONGEST, lengthOf, type Parcel } from "../state/outbox";
import { useWords } from "../words/words";

interface Props {
  parcel: Parcel;
  onRetry: () => void;
  onEdit: () => void;
}

/** The visitor's own message, before the log has it. */
export function PendingMessage({ parcel, onRetry, onEdit }: Props) {
  const words = useWords();
  const { refused } = parcel;
  return (
    <div class={`message visitor ${refused === undefined ? "sending" : "refused"}`}>
      <p class="bubble" dir="auto">
        {parcel.text}
      </p>
      {refused === undefined ? (
        <p class="meta delayed">{words.sending}</p>
      ) : (
        <p class="meta bad">
          {words.notSent} {refused === "too_long" ? words.tooLong(Math.max(1, lengthOf(parcel.text) - LONGEST)) : words.refused}{" "}
          <button type="button" class="link" onClick={onEdit}>
            {words.edit}
          </button>
          {refused === "refused" && (
            <button type="button" class="link" onClick={onRetry}>
              {words.tryAgain}
            </button>
          )}
        </p>
      )}
    </div>
  );
}
