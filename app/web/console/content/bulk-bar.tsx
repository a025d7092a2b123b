import { Button, Modal, Stack, Text, TextInput } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { inWords } from "../ui/problem";
import { contentWords } from "../words/en-content";
import { words } from "../words/words";
import styles from "./bulk-bar.module.css";
import { change, type Outcome, takeBack, UNDOABLE } from "./bulk";
import { PublishDialog } from "./publish-dialog";
import { refreshContent } from "./queries";
import type { ArticleRow, BulkAction } from "./types";

const LIST = contentWords.list;
const ACTIONS: BulkAction[] = ["request_review", "reviewed", "topic", "owner", "retire", "discard"];

/** What may be done to the chosen articles, and the way back. */
export function BulkBar({ rows, total, onClear }: { rows: ArticleRow[]; total: number; onClear: () => void }) {
  const [asking, setAsking] = useState<BulkAction | null>(null);
  const [publishing, setPublishing] = useState(false);
  const [last, setLast] = useState<(Outcome & { action: BulkAction }) | null>(null);
  const failed = (error: Error) => void notifications.show({ color: "red", message: inWords(error) });
  const act = useMutation({
    mutationFn: async ({ action, value }: { action: BulkAction; value: string | null }) => ({ ...(await change(rows, action, value)), action }),
    onSuccess: (outcome) => {
      setLast(outcome);
      setAsking(null);
      onClear();
    },
    onError: failed,
    onSettled: refreshContent,
  });
  const undo = useMutation({
    mutationFn: async (outcome: Outcome & { action: BulkAction }) => takeBack(outcome.done, outcome.action),
    onSuccess: () => {
      setLast(null);
      notifications.show({ message: LIST.undone });
    },
    onError: failed,
    onSettled: refreshContent,
  });
  const begin = (action: BulkAction) => (action === "request_review" || action === "reviewed" ? act.mutate({ action, value: null }) : setAsking(action));
  return (
    <div className={styles.bar} role="group" aria-label={LIST.chosen(rows.length)}>
      <span className={styles.count}>{rows.length === 0 ? LIST.total(total) : LIST.chosen(rows.length)}</span>
      {rows.length > 0 && (
        <>
          <Button size="xs" onClick={() => setPublishing(true)}>
            {LIST.bulk.publish}
          </Button>
          {ACTIONS.map((action) => (
            <Button key={action} size="xs" variant="default" loading={act.isPending && act.variables.action === action} onClick={() => begin(action)}>
              {LIST.bulk[action]}
            </Button>
          ))}
          <Button size="xs" variant="subtle" onClick={onClear}>
            {LIST.clear}
          </Button>
        </>
      )}
      {rows.length === 0 && last !== null && (
        <div className={styles.last} role="status">
          {LIST.done(last.done.length)}
          {last.errors.length > 0 && (
            <details>
              <summary>{LIST.notDone(last.errors.length)}</summary>
              <ul>
                {last.errors.map((error) => (
                  <li key={error}>{error}</li>
                ))}
              </ul>
            </details>
          )}
          {UNDOABLE.has(last.action) && last.done.length > 0 && (
            <Button size="xs" variant="default" loading={undo.isPending} onClick={() => undo.mutate(last)}>
              {contentWords.undo}
            </Button>
          )}
        </div>
      )}
      <AskValue key={asking} action={asking} count={rows.length} pending={act.isPending} onClose={() => setAsking(null)} onValue={(value) => asking !== null && act.mutate({ action: asking, value })} />
      {publishing && <PublishDialog keys={rows} onClose={() => setPublishing(false)} />}
    </div>
  );
}

interface AskProps {
  action: BulkAction | null;
  count: number;
  pending: boolean;
  onClose: () => void;
  onValue: (value: string | null) => void;
}

function AskValue({ action, count, pending, onClose, onValue }: AskProps) {
  const [value, setValue] = useState("");
  const takes = action === "topic" || action === "owner";
  const title = action === "retire" ? LIST.retire(count) : action === null ? "" : LIST.bulk[action];
  return (
    <Modal opened={action !== null} onClose={onClose} title={title} closeButtonProps={{ "aria-label": words.close }}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          onValue(takes ? value.trim() : null);
        }}
      >
        <Stack>
          {takes && <TextInput data-autofocus required label={LIST.value[action]} value={value} onChange={(event) => setValue(event.currentTarget.value)} />}
          {action === "retire" && <Text>{LIST.retireWhat}</Text>}
          {action === "discard" && <Text>{contentWords.editor.discardWhat}</Text>}
          <Button type="submit" loading={pending} color={takes ? "baton" : "red"}>
            {action !== null && !takes ? LIST.bulk[action] : LIST.apply}
          </Button>
        </Stack>
      </form>
    </Modal>
  );
}
