import type { ChatState } from "../state/chat";
import { useWords } from "../words/words";

/** What is wrong at the moment, in a few words. */
export function Strip({ state }: { state: ChatState }) {
  const words = useWords();
  const { trouble, link, pending } = state;
  const waits = pending.some((parcel) => parcel.refused === undefined);
  const text =
    trouble === "slow_down" && waits
      ? words.slowDown
      : trouble === "offline" && waits
        ? words.offline
        : trouble === "unreachable" && waits
          ? words.unreachable
          : link === "down"
            ? words.reconnecting
            : null;
  return (
    <div role="status" class="strip-place">
      {text !== null && <p class="strip">{text}</p>}
    </div>
  );
}
