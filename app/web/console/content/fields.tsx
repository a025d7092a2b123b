import { Checkbox, NumberInput, Textarea, TextInput } from "@mantine/core";
import { useEffect, useState } from "react";
import { contentWords as words } from "../words/en-content";
import styles from "./fields.module.css";
import { type FrontMatter, type TextField, withField } from "./front-matter";

interface Props {
  front: FrontMatter;
  locale: string;
  text: string;
  onText: (text: string) => void;
}

const FIELDS = words.fields;

/** The front matter as a form; all that it does not show stays as it was written. */
export function Fields({ front, locale, text, onText }: Props) {
  const set = (name: string, value: string | string[]) => onText(withField(text, name, value));
  const input = (name: TextField, type: "text" | "date" = "text") => (
    <TextInput size="sm" type={type} label={FIELDS[name]} value={front.fields[name]} onChange={(event) => set(name, event.currentTarget.value)} />
  );
  return (
    <div className={styles.fields}>
      <TextInput size="sm" required label={FIELDS.title} value={front.fields.title} onChange={(event) => set("title", event.currentTarget.value)} />
      <details className={styles.more} open>
        <summary>{FIELDS.legend}</summary>
        <div className={styles.grid}>
          <Checkbox.Group size="sm" label={FIELDS.audience} value={front.audience} onChange={(value) => set("audience", value)}>
            <div className={styles.audience}>
              {(front.kind === "sop" ? ["agent"] : ["buyer", "seller"]).map((one) => (
                <Checkbox key={one} size="sm" value={one} label={words.audiences[one]} />
              ))}
            </div>
          </Checkbox.Group>
          <TextInput size="sm" label={FIELDS.locale} value={words.locales[locale] ?? locale} readOnly />
          {input("topic")}
          {input("owner")}
          {input("reviewed", "date")}
          <NumberInput
            size="sm"
            min={1}
            max={3650}
            allowDecimal={false}
            hideControls
            label={FIELDS.review_every}
            value={front.fields.review_every === "" ? "" : Number(front.fields.review_every)}
            onChange={(value) => set("review_every", String(value))}
          />
          {input("valid_from", "date")}
          {input("valid_until", "date")}
        </div>
        <Questions questions={front.questions} onQuestions={(questions) => set("questions", questions)} />
      </details>
    </div>
  );
}

function Questions({ questions, onQuestions }: { questions: string[]; onQuestions: (questions: string[]) => void }) {
  const known = questions.join("\n");
  const [shown, setShown] = useState(known);
  // Empty lines are there while somebody types; the file does not get them.
  useEffect(() => setShown((before) => (lines(before).join("\n") === known ? before : known)), [known]);
  return (
    <Textarea
      size="sm"
      rows={4}
      label={FIELDS.questions}
      description={FIELDS.questionsHint}
      value={shown}
      onChange={(event) => {
        setShown(event.currentTarget.value);
        onQuestions(lines(event.currentTarget.value));
      }}
    />
  );
}

function lines(text: string): string[] {
  return text.split("\n").map((line) => line.trim()).filter((line) => line !== "");
}
