import { useEffect, useRef, useState } from "preact/hooks";
import { useWords } from "../words/words";

interface Props {
  helpful: boolean | null;
  onFeedback: (helpful: boolean, comment?: string) => Promise<void>;
}

export function Feedback({ helpful, onFeedback }: Props) {
  const words = useWords();
  const [mine, setMine] = useState<boolean | null>(null);
  const [comment, setComment] = useState("");
  const [asks, setAsks] = useState(false);
  const [failed, setFailed] = useState(false);
  const verdict = mine ?? helpful;
  const next = useRef<HTMLElement | null>(null);
  const keep = (element: HTMLElement | null) => {
    next.current = element;
  };

  // The button that was pressed is gone: the focus goes on to what took its place, not back to the page.
  useEffect(() => {
    if (mine !== null) next.current?.focus();
  }, [mine, asks]);

  const send = async (good: boolean, why?: string) => {
    setFailed(false);
    setMine(good);
    setAsks(!good && why === undefined);
    try {
      await onFeedback(good, why);
    } catch {
      setFailed(true);
      setMine(null);
      setAsks(false);
    }
  };

  return (
    <div class="feedback">
      {verdict === null ? (
        <div role="group" aria-label={words.helpful} class="row">
          <span class="soft">{failed ? words.failed : words.helpful}</span>
          <button type="button" class="small" onClick={() => void send(true)}>
            {words.yes}
          </button>
          <button type="button" class="small" onClick={() => void send(false)}>
            {words.no}
          </button>
        </div>
      ) : (
        !asks && (
          <p ref={keep} tabIndex={-1} class="soft" role="status">
            {words.thanks}
          </p>
        )
      )}
      {asks && (
        <form
          class="why"
          onSubmit={(event) => {
            event.preventDefault();
            void send(false, comment.trim());
          }}
        >
          <label>
            {words.whatMissing}
            <input ref={keep} value={comment} maxLength={500} onInput={(event) => setComment(event.currentTarget.value)} />
          </label>
          <button type="submit" class="small">
            {words.sendComment}
          </button>
        </form>
      )}
    </div>
  );
}
