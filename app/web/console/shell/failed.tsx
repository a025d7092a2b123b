import { Button, EmptyState } from "@mantine/core";
import { Icon } from "../ui/icon";
import { words } from "../words/words";
import styles from "./shell.module.css";

/** When the page itself is at fault. */
export function Failed() {
  return (
    <main className={styles.alone}>
      <EmptyState icon={<Icon name="warn" size={40} />} title={words.problem.page}>
        <EmptyState.Actions>
          <Button onClick={() => location.reload()}>{words.problem.reload}</Button>
        </EmptyState.Actions>
      </EmptyState>
    </main>
  );
}

export function NotFound() {
  return (
    <main className={styles.alone}>
      <EmptyState icon={<Icon name="search" size={40} />} title={words.problem.notFound}>
        <EmptyState.Actions>
          <Button component="a" href="/desk">
            {words.nav.inbox}
          </Button>
        </EmptyState.Actions>
      </EmptyState>
    </main>
  );
}
