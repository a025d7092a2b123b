import { Button, Text } from "@mantine/core";
import { useState } from "react";
import { contentWords as words } from "../words/en-content";
import styles from "./finding-list.module.css";
import { LoadFailed, Loading } from "./page";
import { SideBySide } from "./side-by-side";
import type { Finding } from "./types";

interface Props {
  findings: Finding[] | undefined;
  error: unknown;
  text: string;
  onRetry: () => void;
  onLine: (line: number) => void;
}

/** What should be looked at in a text, each with its place and its cure. */
export function FindingList({ findings, error, text, onRetry, onLine }: Props) {
  const [compared, setCompared] = useState<Finding | null>(null);
  if (findings === undefined) return error === null ? <Loading /> : <LoadFailed error={error} onRetry={onRetry} />;
  if (findings.length === 0) return <p role="status">{words.checks.none}</p>;
  return (
    <>
      <Text size="sm" c="dimmed" mb="xs" role="status">
        {words.checks.counts(findings.length)}
      </Text>
      <ul className={styles.list}>
        {findings.map((finding, at) => (
          <li key={at} className={styles.finding} data-severity={finding.severity}>
            <FindingText finding={finding} />
            <span className={styles.actions}>
              {finding.line != null && finding.line > 0 && (
                <Button size="compact-xs" variant="default" onClick={() => onLine(finding.line ?? 1)}>
                  {words.checks.line(finding.line)}
                </Button>
              )}
              {finding.other != null && (
                <Button size="compact-xs" variant="default" onClick={() => setCompared(finding)}>
                  {words.checks.sideBySide}
                </Button>
              )}
            </span>
          </li>
        ))}
      </ul>
      <SideBySide finding={compared} mine={{ title: words.checks.this, text }} onClose={() => setCompared(null)} />
    </>
  );
}

export function FindingText({ finding }: { finding: Finding }) {
  return (
    <>
      <span className={styles.severity}>{words.checks.severities[finding.severity] ?? finding.severity}</span>
      <strong className={styles.message}>{finding.message}</strong>
      {finding.quote != null && <q className={styles.quote}>{finding.quote}</q>}
      <span className={styles.cure}>{finding.cure}</span>
    </>
  );
}
