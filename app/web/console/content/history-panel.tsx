import { Button, Group, Modal, Stack } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { api, ok } from "../api/client";
import { clock } from "../ui/time";
import { content } from "../words/en-content";
import { words } from "../words/words";
import { path, savesQuery } from "./data";
import styles from "./editor.module.css";
import type { ArticleDetail, Key } from "./types";

interface Props {
  at: Key;
  detail: ArticleDetail;
  onUse: (text: string) => void;
}

interface Shown {
  title: string;
  text: string;
}

/** Everything that this article said: published, saved, refused, discarded. Any of it can be taken up again. */
export function HistoryPanel({ at, detail, onUse }: Props) {
  const [shown, setShown] = useState<Shown | null>(null);
  const saves = useQuery(savesQuery(at));
  const open = async (number: number) => {
    const revision = await ok(
      api.GET("/v1/editor/articles/{article_id}/{locale}/revisions/{number}", { params: { path: { ...path(at).params.path, number } } }),
    );
    setShown({ title: content.history.revision(number), text: revision.text });
  };
  return (
    <Stack gap="md">
      <h3>{content.history.revisions}</h3>
      <ul className={styles.list}>
        {detail.revisions.map((revision) => (
          <li key={revision.number} className={styles.item}>
            <Group justify="space-between">
              <span>
                {content.history.revision(revision.number)} <span className={styles.quiet}>{clock(revision.created_at)}</span>
                {revision.number === detail.live?.revision && ` · ${content.history.live}`}
              </span>
              <Button size="compact-sm" variant="default" onClick={() => void open(revision.number)}>
                {content.history.open}
              </Button>
            </Group>
          </li>
        ))}
      </ul>
      <h3>{content.history.saves}</h3>
      <ul className={styles.list}>
        {saves.data?.items.map((save) => (
          <li key={save.id} className={styles.item}>
            <Group justify="space-between">
              <span>
                {content.history.kinds[save.kind] ?? save.kind}{" "}
                <span className={styles.quiet}>
                  {save.by} · {clock(save.at)}
                </span>
              </span>
              <Button size="compact-sm" variant="default" onClick={() => setShown({ title: content.history.kinds[save.kind] ?? save.kind, text: save.text })}>
                {content.history.open}
              </Button>
            </Group>
          </li>
        ))}
      </ul>
      <Modal opened={shown !== null} onClose={() => setShown(null)} size="xl" title={shown?.title} closeButtonProps={{ "aria-label": words.close }}>
        <pre className={styles.diff} tabIndex={0}>
          {shown?.text}
        </pre>
        <Group justify="flex-end" mt="md">
          <Button
            onClick={() => {
              if (shown !== null) onUse(shown.text);
              setShown(null);
            }}
          >
            {content.history.use}
          </Button>
        </Group>
      </Modal>
    </Stack>
  );
}
