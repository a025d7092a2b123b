import { useState } from "preact/hooks";
import { Dialog } from "../ui/dialog";

interface Labels {
  bot_was_right?: boolean;
  needed_person?: boolean;
}

interface Props {
  onClose: () => void;
  onResolve: (labels: Labels) => void;
}

const QUESTIONS: [keyof Labels, string][] = [
  ["bot_was_right", "Was the assistant right?"],
  ["needed_person", "Did this need a person?"],
];

/** The two answers teach the assistant when to be careful. */
export function ResolveDialog({ onClose, onResolve }: Props) {
  const [labels, setLabels] = useState<Labels>({});
  return (
    <Dialog title="Resolve" onClose={onClose}>
      <form
        class="dialog-form"
        onSubmit={(event) => {
          event.preventDefault();
          onResolve(labels);
        }}
      >
        {QUESTIONS.map(([name, question]) => (
          <fieldset>
            <legend>{question} (optional)</legend>
            {[true, false].map((answer) => (
              <label class="choice">
                <input type="radio" name={name} checked={labels[name] === answer} onChange={() => setLabels({ ...labels, [name]: answer })} />
                {answer ? "Yes" : "No"}
              </label>
            ))}
          </fieldset>
        ))}
        <button class="primary" autofocus>
          Resolve
        </button>
      </form>
    </Dialog>
  );
}
