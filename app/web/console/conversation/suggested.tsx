import { Button, Tooltip } from "@mantine/core";
import { useState } from "react";
import type { Brief, Citation } from "../api/types";
import { keep, kept } from "../ui/kept";
import { Markdown } from "../ui/markdown";
import { words } from "../words/words";
import { Section } from "./brief-tab";
import { Citations } from "./citations";
import styles from "./panel.module.css";

interface Props {
  id: string;
  suggested: NonNullable<Brief["suggested_reply"]>;
  canUse: boolean;
  onUse: (text: string) => void;
  onSend: (text: string) => void;
  onCite: (citation: Citation) => void;
}

/** A reply to send as it is, to edit, or to put away. */
export function Suggested({ id, suggested, canUse, onUse, onSend, onCite }: Props) {
  const key = `draft.discarded.${id}`;
  const [discarded, setDiscarded] = useState(() => kept(key) === suggested.text.slice(0, 80));
  const put = (away: boolean) => {
    keep(key, away ? suggested.text.slice(0, 80) : "");
    setDiscarded(away);
  };
  if (discarded) {
    return (
      <Section title={words.brief.suggested}>
        <p className={styles.quiet}>
          {words.brief.discarded}{" "}
          <Button size="compact-xs" variant="subtle" onClick={() => put(false)}>
            {words.brief.restore}
          </Button>
        </p>
      </Section>
    );
  }
  return (
    <Section title={words.brief.suggested}>
      <div className={styles.card}>
        <Markdown text={suggested.text} />
        <Citations citations={suggested.citations} onCite={onCite} />
        <div className={styles.buttons}>
          <Tooltip label={words.brief.needsClaim} disabled={canUse}>
            <Button size="xs" disabled={!canUse} onClick={() => onSend(suggested.text)}>
              {words.brief.send}
            </Button>
          </Tooltip>
          <Button size="xs" variant="default" disabled={!canUse} onClick={() => onUse(suggested.text)}>
            {words.brief.use}
          </Button>
          <Button size="xs" variant="subtle" color="gray" c="dimmed" onClick={() => put(true)}>
            {words.brief.discard}
          </Button>
        </div>
      </div>
    </Section>
  );
}
