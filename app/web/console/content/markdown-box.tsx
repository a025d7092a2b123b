import { Button, Textarea } from "@mantine/core";
import { type KeyboardEvent, type RefObject, useId } from "react";
import { contentWords as words } from "../words/en-content";
import styles from "./markdown-box.module.css";

interface Props {
  boxRef: RefObject<HTMLTextAreaElement | null>;
  label: string;
  value: string;
  onChange: (value: string) => void;
}

const TOOLS = words.editor.tools;

/** A plain text box, so that screen readers, undo and spelling work as everywhere; keys put the marks of Markdown. */
export function MarkdownBox({ boxRef, label, value, onChange }: Props) {
  const hint = useId();
  const act = (change: (box: HTMLTextAreaElement) => void) => {
    const box = boxRef.current;
    if (box === null) return;
    box.focus();
    change(box);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    const box = event.currentTarget;
    if (event.key === "Enter" && !event.shiftKey && !event.nativeEvent.isComposing && continueList(box)) event.preventDefault();
    if (!(event.ctrlKey || event.metaKey)) return;
    const key = event.key.toLowerCase();
    const change = KEYS[key];
    if (change === undefined) return;
    event.preventDefault();
    change(box);
  };
  return (
    <div className={styles.box}>
      <div role="group" aria-label={TOOLS.label} className={styles.tools}>
        {BUTTONS.map(([name, change]) => (
          <Button key={name} size="compact-xs" variant="default" onClick={() => act(change)}>
            {name}
          </Button>
        ))}
      </div>
      <Textarea
        ref={boxRef}
        label={label}
        spellCheck
        rows={26}
        aria-describedby={hint}
        classNames={{ input: styles.input }}
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
        onKeyDown={onKeyDown}
      />
      <p id={hint} className={styles.hint}>
        {words.editor.keysHint}
      </p>
    </div>
  );
}

const bold = (box: HTMLTextAreaElement) => wrap(box, "**", "**");
const italic = (box: HTMLTextAreaElement) => wrap(box, "*", "*");
const link = (box: HTMLTextAreaElement) => wrap(box, "[", "](https://)");
const KEYS: Record<string, (box: HTMLTextAreaElement) => void> = { b: bold, i: italic, k: link };
const BUTTONS: [string, (box: HTMLTextAreaElement) => void][] = [
  [TOOLS.bold, bold],
  [TOOLS.italic, italic],
  [TOOLS.heading, (box) => startLine(box, "## ")],
  [TOOLS.list, (box) => startLine(box, "- ")],
  [TOOLS.link, link],
];

function wrap(box: HTMLTextAreaElement, before: string, after: string): void {
  const { selectionStart: start, selectionEnd: end } = box;
  type(box, before + box.value.slice(start, end) + after);
  box.setSelectionRange(start + before.length, end + before.length);
}

function startLine(box: HTMLTextAreaElement, mark: string): void {
  const at = box.selectionStart;
  const start = box.value.lastIndexOf("\n", at - 1) + 1;
  box.setSelectionRange(start, start);
  type(box, mark);
  box.setSelectionRange(at + mark.length, at + mark.length);
}

/** Enter in a list begins the next point; in an empty point it ends the list. */
function continueList(box: HTMLTextAreaElement): boolean {
  const at = box.selectionStart;
  if (at !== box.selectionEnd) return false;
  const start = box.value.lastIndexOf("\n", at - 1) + 1;
  const found = /^(\s*)([-*]|(\d+)\.) (.*)$/.exec(box.value.slice(start, at));
  if (found === null) return false;
  if (found[4] === "") {
    box.setSelectionRange(start, at);
    type(box, "");
    return true;
  }
  const mark = found[3] === undefined ? found[2] : `${Number(found[3]) + 1}.`;
  type(box, `\n${found[1]}${mark} `);
  return true;
}

/** Typed as a person would, so that the browser's own undo takes it back. The old command has no successor for that. */
function type(box: HTMLTextAreaElement, text: string): void {
  const done = text === "" ? document.execCommand("delete") : document.execCommand("insertText", false, text);
  if (done) return;
  box.setRangeText(text, box.selectionStart, box.selectionEnd, "end");
  box.dispatchEvent(new Event("input", { bubbles: true }));
}

/** Puts the cursor on a line, counted from 1, and shows it. */
export function goToLine(box: HTMLTextAreaElement, line: number): void {
  const lines = box.value.split("\n");
  const start = lines.slice(0, line - 1).reduce((sum, one) => sum + one.length + 1, 0);
  box.focus();
  box.setSelectionRange(start, start + (lines[line - 1]?.length ?? 0));
  box.scrollTop = (box.scrollHeight / lines.length) * Math.max(0, line - 6);
  box.scrollIntoView({ block: "nearest" });
}
