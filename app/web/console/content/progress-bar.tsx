import styles from "./progress-bar.module.css";

/** How far something is; without a total, only that it runs. */
export function ProgressBar({ label, done = 0, total = 0 }: { label: string; done?: number; total?: number }) {
  return (
    <div className={styles.progress}>
      <span role="status">{label}</span>
      <span className={styles.count}>{total > 0 ? `${done} / ${total}` : ""}</span>
      <progress className={styles.bar} aria-label={label} {...(total > 0 ? { value: done, max: total } : {})} />
    </div>
  );
}
