import { Alert, Button, Skeleton, Stack } from "@mantine/core";
import type { UseQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import type { Brief, Citation } from "../api/types";
import { Confidence } from "../ui/confidence";
import { Markdown } from "../ui/markdown";
import { words } from "../words/words";
import { Citations } from "./citations";
import styles from "./panel.module.css";
import { Procedure } from "./procedure";
import { Suggested } from "./suggested";

interface Props {
  id: string;
  brief: UseQueryResult<Brief>;
  handedOver: boolean;
  canUse: boolean;
  onUse: (text: string) => void;
  onSend: (text: string) => void;
  onCite: (citation: Citation) => void;
}

/** What an agent should know before the first word. */
export function BriefTab({ id, brief, handedOver, canUse, onUse, onSend, onCite }: Props) {
  if (!handedOver) return <p className={styles.quiet}>{words.brief.none}</p>;
  if (brief.isError && brief.data === undefined) {
    return (
      <Alert color="red" variant="light" title={words.brief.failed}>
        <Button size="compact-sm" variant="default" onClick={() => void brief.refetch()}>
          {words.retry}
        </Button>
      </Alert>
    );
  }
  if (brief.data === undefined) {
    return (
      <Stack gap="sm" aria-hidden="true">
        <Skeleton height={14} width="60%" />
        <Skeleton height={90} radius="md" />
        <Skeleton height={14} width="50%" />
        <Skeleton height={120} radius="md" />
      </Stack>
    );
  }
  const { suggested_reply: suggested, sop, tried, passages, signals_line: signals } = brief.data;
  return (
    <>
      {suggested != null && <Suggested id={id} suggested={suggested} canUse={canUse} onUse={onUse} onSend={onSend} onCite={onCite} />}
      {sop != null && <Procedure id={id} sop={sop} />}
      {tried.length > 0 && (
        <Section title={words.brief.tried}>
          {tried.map((attempt, at) => (
            <div key={at} className={styles.attempt}>
              <p className={styles.asked}>{attempt.question}</p>
              <Markdown text={attempt.answer} />
              <Citations citations={attempt.citations} onCite={onCite} />
              <p className={styles.meta}>
                {attempt.confidence != null && <Confidence value={attempt.confidence} />}
                {attempt.helpful != null && <span>{attempt.helpful ? words.brief.helped : words.brief.notHelped}</span>}
              </p>
            </div>
          ))}
        </Section>
      )}
      {passages.length > 0 && (
        <Section title={words.brief.found}>
          <Citations citations={passages} onCite={onCite} />
        </Section>
      )}
      {signals !== "" && (
        <Section title={words.brief.signals}>
          <p className={styles.quiet}>{signals}</p>
        </Section>
      )}
    </>
  );
}

export function Section({ title, count, children }: { title: string; count?: string; children: ReactNode }) {
  return (
    <section className={styles.section}>
      <h3 className={styles.head}>
        {title}
        {count !== undefined && <span className={styles.count}>{count}</span>}
      </h3>
      {children}
    </section>
  );
}
