import { Button, EmptyState } from "@mantine/core";
import { Link, useParams, useSearch } from "@tanstack/react-router";
import { useEffect, useRef } from "react";
import { Problem } from "../api/problem";
import type { View } from "../inbox/view";
import { Icon } from "../ui/icon";
import { words } from "../words/words";
import styles from "./conversation.module.css";

/** Why a conversation is not shown, and the ways on. */
export function Missing({ problem, onRetry }: { problem: unknown; onRetry: () => void }) {
  const { view } = useParams({ strict: false }) as { view: View };
  const filters = useSearch({ from: "/shell/inbox/$view" });
  const back = useRef<HTMLAnchorElement>(null);
  const status = problem instanceof Problem ? problem.status : -1;
  const forGood = status === 404 || status === 403;
  const [title, description] = status === 404 ? words.missing.gone : status === 403 ? words.missing.forbidden : status === 0 ? words.missing.offline : words.missing.failed;

  useEffect(() => {
    // Who is typing in the search box goes on typing.
    if (!(document.activeElement instanceof HTMLInputElement)) back.current?.focus();
  }, []);
  useEffect(() => {
    if (status !== 0) return;
    addEventListener("online", onRetry);
    return () => removeEventListener("online", onRetry);
  }, [status, onRetry]);

  return (
    <div className={styles.nothing} role="alert">
      <EmptyState icon={<Icon name={status === 404 ? "search" : status === 403 ? "lock" : "warn"} size={40} />} title={title} description={description}>
        <EmptyState.Actions mt="xs">
          <Button leftSection={<Icon name="back" />} renderRoot={(props) => <Link {...props} ref={back} to="/inbox/$view" params={{ view }} search={filters} />}>
            {words.missing.toInbox}
          </Button>
          {!forGood && (
            <Button variant="default" onClick={onRetry}>
              {words.retry}
            </Button>
          )}
        </EmptyState.Actions>
      </EmptyState>
    </div>
  );
}
