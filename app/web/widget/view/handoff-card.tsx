import type { Waiting } from "../state/transcript";
import { useLocale, useWords } from "../words/words";
import { Icon } from "./icon";
import { spoken } from "./spoken";

interface Props {
  /** Set while this hand-off is the one being waited for. */
  waiting: Waiting | null;
}

/** Says honestly who will come, and when. What the log says of the wait grows old; this follows it. */
export function HandoffCard({ waiting }: Props) {
  const words = useWords();
  const locale = useLocale();
  if (waiting === null) return <p class="line">{words.handedOff}</p>;
  return (
    <div class="card">
      <h3>
        <Icon name="person" />
        {words.personTitle}
      </h3>
      <p>{honestly(waiting)}</p>
    </div>
  );

  function honestly({ open, position, opensAt }: Waiting): string {
    if (open) return position === null ? words.inLine : words.position(position);
    const when = opensAt === null ? null : spoken(new Date(opensAt), new Date(), locale);
    return when === null ? words.closed : words.closedUntil(words.moment(when));
  }
}
