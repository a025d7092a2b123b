import { Tooltip } from "@mantine/core";
import { words } from "../words/words";
import styles from "./confidence.module.css";

/** Nobody is ever wholly sure. */
const MOST = 99;

export function Confidence({ value }: { value: number }) {
  const percent = Math.min(MOST, Math.round(value * 100));
  const level = percent >= 90 ? "high" : percent >= 60 ? "middle" : "low";
  return (
    <Tooltip label={words.talk.sureWhat}>
      <span className={styles.confidence} data-level={level}>
        <svg width="34" height="6" viewBox="0 0 34 6" aria-hidden="true">
          <rect width="34" height="6" rx="3" className={styles.track} />
          <rect width={(34 * percent) / 100} height="6" rx="3" className={styles.fill} />
        </svg>
        {words.talk.sure(percent)}
      </span>
    </Tooltip>
  );
}
