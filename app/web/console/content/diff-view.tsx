import { diffWordsWithSpace } from "diff";
import styles from "./editor.module.css";

/** Two texts as one: what went is struck out, what came is marked. */
export function DiffView({ before, after, label }: { before: string; after: string; label: string }) {
  const parts = diffWordsWithSpace(before, after, { timeout: 1_000 }) ?? [
    { value: before, removed: true, added: false },
    { value: after, removed: false, added: true },
  ];
  return (
    <pre className={styles.diff} tabIndex={0} role="region" aria-label={label}>
      {parts.map((part, at) => (part.added ? <ins key={at}>{part.value}</ins> : part.removed ? <del key={at}>{part.value}</del> : <span key={at}>{part.value}</span>))}
    </pre>
  );
}
