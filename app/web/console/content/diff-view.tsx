import { diffLines, diffWordsWithSpace } from "diff";
import { contentWords as words } from "../words/en-content";
import styles from "./diff-view.module.css";

interface Props {
  before: string;
  after: string;
  names: [string, string];
}

/** Lines that are the same are shown this many around a change. */
const AROUND = 2;

/** What differs, line by line, with the changed words marked. */
export function DiffView({ before, after, names }: Props) {
  if (before === after) return <p role="status">{words.diff.none}</p>;
  const parts = diffLines(before, after);
  return (
    <div className={styles.diff} role="group" aria-label={`${names[0]} – ${names[1]}`} tabIndex={0}>
      {parts.map((part, at) => {
        if (part.added) {
          const old = parts[at - 1];
          return <Changed key={at} mark="ins" text={part.value} other={old?.removed === true ? old.value : null} />;
        }
        if (part.removed) {
          const next = parts[at + 1];
          return <Changed key={at} mark="del" text={part.value} other={next?.added === true ? next.value : null} />;
        }
        return <Same key={at} text={part.value} first={at === 0} last={at === parts.length - 1} />;
      })}
    </div>
  );
}

function Changed({ mark: Mark, text, other }: { mark: "ins" | "del"; text: string; other: string | null }) {
  const isNew = Mark === "ins";
  const pieces = other === null ? null : isNew ? diffWordsWithSpace(other, text) : diffWordsWithSpace(text, other);
  return (
    <Mark className={styles.changed}>
      <span className={styles.sign} aria-hidden="true">
        {isNew ? "+" : "−"}
      </span>
      <span className="hidden">{isNew ? words.diff.added : words.diff.removed}: </span>
      <span>
        {pieces === null
          ? text
          : pieces
              .filter((piece) => (isNew ? !piece.removed : !piece.added))
              .map((piece, at) => (piece.added || piece.removed ? <b key={at}>{piece.value}</b> : piece.value))}
      </span>
    </Mark>
  );
}

function Same({ text, first, last }: { text: string; first: boolean; last: boolean }) {
  const lines = text.replace(/\n$/, "").split("\n");
  const head = first ? 0 : AROUND;
  const tail = last ? 0 : AROUND;
  if (lines.length <= head + tail + 1) return <div className={styles.same}>{lines.join("\n")}</div>;
  return (
    <>
      {head > 0 && <div className={styles.same}>{lines.slice(0, head).join("\n")}</div>}
      <div className={styles.skipped}>{words.diff.same(lines.length - head - tail)}</div>
      {tail > 0 && <div className={styles.same}>{lines.slice(-tail).join("\n")}</div>}
    </>
  );
}
