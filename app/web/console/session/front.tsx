import type { ReactNode } from "react";
import styles from "./front.module.css";

/** The page of somebody who is not in yet. */
export function Front({ children }: { children: ReactNode }) {
  return (
    <main className={styles.front}>
      <div className={styles.brand} aria-hidden="true">
        <svg width="30" height="30" viewBox="0 0 24 24" fill="none" stroke="currentColor" strokeWidth="2.4" strokeLinecap="round">
          <path d="M5 19 16 8" />
          <circle cx="18" cy="6" r="2.6" />
        </svg>
        Baton
      </div>
      <div className={styles.box}>{children}</div>
    </main>
  );
}
