import { Markdown } from "../ui/markdown";
import { contentWords as words } from "../words/en-content";
import styles from "./sides.module.css";
import type { Side } from "./types";

interface Props {
  before: Side;
  after: Side;
  names?: [string, string];
}

/** Two answers to one question, side by side. */
export function Sides({ before, after, names = [words.ask.before, words.ask.after] }: Props) {
  return (
    <div className={styles.sides}>
      <OneSide side={before} name={names[0]} />
      <OneSide side={after} name={names[1]} />
    </div>
  );
}

function OneSide({ side, name }: { side: Side; name: string }) {
  return (
    <section className={styles.side} aria-label={name}>
      <h4 className={styles.name}>
        {name} <span className={styles.outcome}>{words.ask.outcomes[side.outcome] ?? side.outcome}</span>
        <span className={styles.sure}>{words.ask.sure(Math.round(side.confidence * 100))}</span>
      </h4>
      {side.text === "" ? <p className={styles.none}>{words.ask.nothing}</p> : <Markdown text={side.text} />}
      {side.citations !== undefined && side.citations.length > 0 && (
        <ul className={styles.cited}>
          {[...new Set(side.citations.map((one) => one.title))].map((title) => (
            <li key={title}>{title}</li>
          ))}
        </ul>
      )}
    </section>
  );
}
