import { useRef, useState } from "preact/hooks";
import { useWords } from "../words/words";

interface Props {
  onSend: (reach: string, note: string) => void;
  onCancel?: () => void;
}

/** A message for when somebody is there again, and how to reach the visitor then. */
export function ContactForm({ onSend, onCancel }: Props) {
  const words = useWords();
  const [reach, setReach] = useState("");
  const [note, setNote] = useState("");
  const [missing, setMissing] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  return (
    <form
      class="contact"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (reach.trim() !== "") return onSend(reach.trim(), note.trim());
        setMissing(true);
        field.current?.focus();
      }}
    >
      <label>
        {words.reach}
        <input
          ref={field}
          dir="auto"
          value={reach}
          maxLength={200}
          autocomplete="email"
          required
          aria-invalid={missing}
          aria-describedby="reach-hint"
          onInput={(event) => {
            setReach(event.currentTarget.value);
            setMissing(false);
          }}
        />
      </label>
      <p id="reach-hint" class={missing ? "bad" : "soft"} role={missing ? "alert" : undefined}>
        {missing ? words.reachMissing : words.reachHint}
      </p>
      <label>
        {words.note}
        <textarea rows={2} dir="auto" value={note} maxLength={2_000} onInput={(event) => setNote(event.currentTarget.value)} />
      </label>
      <div class="row">
        <button type="submit" class="primary">
          {words.leave}
        </button>
        {onCancel !== undefined && (
          <button type="button" class="link" onClick={onCancel}>
            {words.cancel}
          </button>
        )}
      </div>
    </form>
  );
}
