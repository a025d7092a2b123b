import { contentWords as words } from "../words/en-content";
import styles from "./gate-result.module.css";
import { Sides } from "./sides";
import type { Change } from "./types";

/** Questions whose answers change, each with both answers. */
export function GateResult({ title, changes }: { title: string; changes: Change[] }) {
  return (
    <ul className={styles.list} aria-label={title}>
      {changes.map((change, at) => (
        <li key={at} className={styles.change}>
          <h3 className={styles.question}>“{change.question}”</h3>
          <p className={styles.about}>
            <strong>{words.publish.kinds[change.kind] ?? change.kind}</strong> · {words.publish.sources[change.source] ?? change.source} · {change.article_id}
          </p>
          {change.why !== "" && <p className={styles.why}>{change.why}</p>}
          <Sides before={change.before} after={change.after} />
        </li>
      ))}
    </ul>
  );
}
