import { Button, EmptyState, Skeleton } from "@mantine/core";
import type { ReactNode } from "react";
import { Icon, type IconName } from "../ui/icon";
import { inWords } from "../ui/problem";
import { contentWords } from "../words/en-content";
import { words } from "../words/words";
import styles from "./page.module.css";

interface Props {
  title: string;
  tools?: ReactNode;
  children: ReactNode;
}

/** A page of the room: its heading, what can be done, and what is there. */
export function Page({ title, tools, children }: Props) {
  return (
    <section className={styles.page} aria-label={title}>
      <header className={styles.head}>
        <h2 className={styles.title}>{title}</h2>
        {tools}
      </header>
      {children}
    </section>
  );
}

export function Loading() {
  return (
    <div className={styles.loading} role="status" aria-label={words.loading}>
      {[0, 1, 2, 3, 4, 5].map((row) => (
        <Skeleton key={row} height={42} />
      ))}
    </div>
  );
}

export function LoadFailed({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  return (
    <EmptyState role="alert" icon={<Icon name="warn" size={36} />} title={contentWords.failed} description={inWords(error)}>
      <EmptyState.Actions>
        <Button variant="default" onClick={onRetry}>
          {words.retry}
        </Button>
      </EmptyState.Actions>
    </EmptyState>
  );
}

export function Nothing({ icon = "content", text }: { icon?: IconName; text: [string, string] }) {
  return <EmptyState icon={<Icon name={icon} size={36} />} title={text[0]} description={text[1]} />;
}
