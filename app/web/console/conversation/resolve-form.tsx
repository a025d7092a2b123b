import { Button, Kbd, Stack, Text } from "@mantine/core";
import { useLayoutEffect, useRef, useState } from "react";
import { words } from "../words/words";
import styles from "./resolve-form.module.css";

export interface Labels {
  bot_right?: "yes" | "no" | "na";
  needed_person?: "yes" | "no";
}

interface Props {
  busy: boolean;
  onDone: (labels: Labels) => void;
}

interface Choice {
  key: string;
  value: string;
  label: string;
}

const YES: Choice = { key: "y", value: "yes", label: words.dialogs.yes };
const NO: Choice = { key: "n", value: "no", label: words.dialogs.no };
const QUESTIONS: { name: keyof Labels; text: string; choices: Choice[] }[] = [
  { name: "bot_right", text: words.dialogs.botRight, choices: [YES, NO, { key: "x", value: "na", label: words.dialogs.na }] },
  { name: "needed_person", text: words.dialogs.needed, choices: [YES, NO] },
];

/** Two questions, one key each; then Enter. The answers teach the assistant when to be careful. */
export function ResolveForm({ busy, onDone }: Props) {
  const [labels, setLabels] = useState<Labels>({});
  const groups = useRef<(HTMLFieldSetElement | null)[]>([]);
  const button = useRef<HTMLButtonElement>(null);
  // The open question has the focus. The dialog's trap sets it twice, the second time perhaps after a quick answer.
  const turn = QUESTIONS.findIndex((question) => labels[question.name] === undefined);

  const answer = (at: number, value: string) => {
    const question = QUESTIONS[at];
    if (question === undefined) return;
    setLabels((given) => ({ ...given, [question.name]: value }));
    const next = groups.current[at + 1];
    if (next != null) next.querySelector("input")?.focus();
    else button.current?.focus();
  };
  const onKey = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const within = groups.current.findIndex((group) => group?.contains(event.target as Node) === true);
    // From the question that has the focus; from the button, the first that is open.
    const at = within >= 0 ? within : turn;
    const choice = QUESTIONS[at]?.choices.find((one) => one.key === event.key);
    if (choice === undefined) return;
    event.preventDefault();
    answer(at, choice.value);
  };
  const latest = useRef(onKey);
  useLayoutEffect(() => {
    latest.current = onKey;
  });
  // Before anything is painted: keys are heard from the moment that the form has the focus.
  useLayoutEffect(() => {
    const listener = (event: KeyboardEvent) => latest.current(event);
    addEventListener("keydown", listener);
    return () => removeEventListener("keydown", listener);
  }, []);

  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (!busy) onDone(labels);
      }}
    >
      <Stack gap="lg">
        {QUESTIONS.map(({ name, text, choices }, at) => (
          <fieldset
            key={name}
            className={styles.question}
            ref={(element) => {
              groups.current[at] = element;
            }}
          >
            <legend>{text}</legend>
            <div className={styles.choices}>
              {choices.map((choice, place) => (
                <label key={choice.value} className={styles.choice} data-checked={labels[name] === choice.value}>
                  <input
                    type="radio"
                    name={name}
                    aria-keyshortcuts={choice.key}
                    data-autofocus={(at === turn && place === 0) || undefined}
                    checked={labels[name] === choice.value}
                    onChange={() => setLabels((given) => ({ ...given, [name]: choice.value }))}
                  />
                  {choice.label}
                  <Kbd size="xs" aria-hidden="true">
                    {choice.key}
                  </Kbd>
                </label>
              ))}
            </div>
          </fieldset>
        ))}
        <div>
          <Button ref={button} type="submit" data-autofocus={turn < 0 || undefined} loading={busy} fullWidth rightSection={<Kbd className={styles.enter}>Enter</Kbd>}>
            {words.talk.resolve}
          </Button>
          <Text size="xs" c="dimmed" mt={6} ta="center">
            {words.dialogs.resolveKeys}
          </Text>
        </div>
      </Stack>
    </form>
  );
}
