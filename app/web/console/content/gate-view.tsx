import { Stack, Text } from "@mantine/core";
import { content } from "../words/en-content";
import { AnswerView } from "./answer-view";
import styles from "./editor.module.css";
import type { GateReport } from "./types";

/** What the gate found: each question that gets worse, with both answers side by side. */
export function GateView({ gate }: { gate: GateReport }) {
  return (
    <Stack gap="md">
      <Text size="sm">
        {content.publish.checked(gate.checked, gate.considered)}
        {gate.improvements.length > 0 && ` ${content.publish.better(gate.improvements.length)}`}
      </Text>
      <ul className={styles.list}>
        {gate.regressions.map((change, at) => (
          <li key={at} className={styles.item}>
            <p>
              <strong>“{change.question}”</strong>
            </p>
            <p className={styles.quiet}>
              {content.publish.kinds[change.kind] ?? change.kind} · {content.publish.sources[change.source] ?? change.source} · {content.audience[change.audience] ?? change.audience} · {change.locale}
            </p>
            <p>{change.why}</p>
            <div className={styles.two}>
              <AnswerView title={content.ask.before} said={change.before} />
              <AnswerView title={content.ask.after} said={change.after} />
            </div>
          </li>
        ))}
      </ul>
    </Stack>
  );
}
