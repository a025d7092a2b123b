import { useEffect, useRef, useState } from "preact/hooks";
import { useWords } from "../words/words";
import { Icon } from "./icon";

interface Props {
  rated: boolean;
  onRate: (rating: { stars: number; solved?: boolean }) => Promise<void>;
}

const STARS = [1, 2, 3, 4, 5];

export function Rating({ rated, onRate }: Props) {
  const words = useWords();
  const [stars, setStars] = useState(0);
  const [solved, setSolved] = useState<boolean | null>(null);
  const [sent, setSent] = useState<"no" | "yes" | "failed">("no");

  const thanks = useRef<HTMLDivElement>(null);

  useEffect(() => {
    if (sent === "yes") thanks.current?.focus();
  }, [sent]);

  if (rated || sent === "yes") {
    return (
      <div ref={thanks} tabIndex={-1} class="rating" role="status">
        <p>{words.rated}</p>
        <p class="soft">{words.startsAnew}</p>
      </div>
    );
  }

  const send = async () => {
    setSent("yes");
    try {
      await onRate({ stars, ...(solved === null ? {} : { solved }) });
    } catch {
      setSent("failed");
    }
  };

  return (
    <form
      class="rating"
      onSubmit={(event) => {
        event.preventDefault();
        if (stars > 0) void send();
      }}
    >
      <fieldset class="stars">
        <legend>{words.rate}</legend>
        {STARS.map((n) => (
          <label class={n <= stars ? "on" : ""}>
            <input type="radio" name="stars" value={n} checked={n === stars} onChange={() => setStars(n)} />
            <span class="sr-only">{words.stars(n)}</span>
            <Icon name="star" />
          </label>
        ))}
      </fieldset>
      <fieldset class="solved">
        <legend>{words.solved}</legend>
        {[true, false].map((answer) => (
          <label class={answer === solved ? "on" : ""}>
            <input type="radio" name="solved" checked={answer === solved} onChange={() => setSolved(answer)} />
            {answer ? words.yes : words.no}
          </label>
        ))}
      </fieldset>
      {sent === "failed" && <p class="bad">{words.failed}</p>}
      <button type="submit" class="primary" disabled={stars === 0}>
        {words.sendRating}
      </button>
      <p class="soft">{words.startsAnew}</p>
    </form>
  );
}
