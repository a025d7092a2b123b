import { Accordion, MultiSelect, Textarea, TextInput } from "@mantine/core";
import { useEffect, useRef, useState } from "react";
import { content } from "../words/en-content";
import styles from "./editor.module.css";
import { type Fields, withField } from "./front-matter";

interface Props {
  text: string;
  fields: Fields;
  onChange: (text: string) => void;
}

const SINGLE = ["topic", "owner", "reviewed", "review_every", "valid_from", "valid_until"] as const;
const DATES = new Set<string>(["reviewed", "valid_from", "valid_until"]);

export function FieldsForm({ text, fields, onChange }: Props) {
  const set = (name: keyof Fields, value: string | string[]) => onChange(withField(text, name, value));
  const agents = fields.audience.includes("agent");
  return (
    <>
      <Word label={content.editor.fields.title} value={fields.title} max={300} onChange={(value) => set("title", value)} />
      <Questions questions={fields.questions} onChange={(value) => set("questions", value)} />
      <Accordion variant="contained" mt="md">
        <Accordion.Item value="details">
          <Accordion.Control>{content.editor.details}</Accordion.Control>
          <Accordion.Panel>
            <div className={styles.fields}>
              <MultiSelect
                label={content.editor.fields.audience}
                disabled={agents}
                data={(agents ? ["agent"] : ["buyer", "seller"]).map((value) => ({ value, label: content.audience[value] ?? value }))}
                value={fields.audience}
                onChange={(value) => value.length > 0 && set("audience", value)}
              />
              {SINGLE.map((name) => (
                <Word key={name} label={content.editor.fields[name]} value={fields[name]} max={120} type={DATES.has(name) ? "date" : "text"} onChange={(value) => set(name, value)} />
              ))}
            </div>
          </Accordion.Panel>
        </Accordion.Item>
      </Accordion>
    </>
  );
}

interface WordProps {
  label: string;
  value: string;
  max: number;
  type?: "text" | "date";
  onChange: (value: string) => void;
}

/** What is typed stays as typed, although the file it goes into is written anew with each key. */
function Word({ label, value, max, type = "text", onChange }: WordProps) {
  const [typed, setTyped] = useTyped(value, (text) => text.trim());
  return (
    <TextInput
      label={label}
      type={type}
      maxLength={max}
      value={typed}
      onChange={(event) => {
        setTyped(event.currentTarget.value);
        onChange(event.currentTarget.value.trim());
      }}
    />
  );
}

function Questions({ questions, onChange }: { questions: string[]; onChange: (questions: string[]) => void }) {
  const lines = (text: string) => text.split("\n").map((line) => line.trim()).filter((line) => line !== "");
  const [typed, setTyped] = useTyped(questions.join("\n"), (text) => lines(text).join("\n"));
  return (
    <Textarea
      mt="md"
      label={content.editor.fields.questions}
      description={content.editor.fields.questionsHint}
      autosize
      minRows={3}
      maxRows={12}
      value={typed}
      onChange={(event) => {
        setTyped(event.currentTarget.value);
        onChange(lines(event.currentTarget.value));
      }}
    />
  );
}

/** Text in a box that follows `value`, except where the two only differ by what `read` drops. */
function useTyped(value: string, read: (text: string) => string): [string, (text: string) => void] {
  const [typed, setTyped] = useState(value);
  const latest = useRef(typed);
  latest.current = typed;
  const reading = useRef(read);
  useEffect(() => {
    if (reading.current(latest.current) !== value) setTyped(value);
  }, [value]);
  return [typed, setTyped];
}
