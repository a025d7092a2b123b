import { Button, Menu, Modal, Stack, Text, Textarea } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { Icon } from "../ui/icon";
import { inWords } from "../ui/problem";
import { useMe } from "../session/session";
import { contentWords } from "../words/en-content";
import { words } from "../words/words";
import styles from "./desk-head.module.css";
import { review } from "./draft-api";
import { refreshContent } from "./queries";
import { StatusBadge } from "./status-badge";
import type { ArticleDetail, Key } from "./types";
import type { SaveState, useDraftText } from "./use-draft-text";

interface Props {
  at: Key;
  detail: ArticleDetail;
  draft: ReturnType<typeof useDraftText>;
  others: string[];
  onPublish: () => void;
}

const EDITOR = contentWords.editor;

/** What state the text is in, who else is here, and what may be done with it. */
export function DeskHead({ at, detail, draft, others, onPublish }: Props) {
  const me = useMe();
  const [asking, setAsking] = useState<"reject" | "discard" | null>(null);
  const status = draft.draft?.status ?? null;
  const told = (why: string | null) => why !== null && notifications.show({ color: "red", message: why });
  const act = async (action: "request" | "approve" | "reject", comment = "") => {
    await draft.save();
    try {
      await review(at, action, comment, draft.draft?.version ?? 0);
      setAsking(null);
    } catch (error) {
      told(inWords(error));
    }
    refreshContent();
  };
  const shown = detail.draft?.status === "in_review" || detail.draft?.status === "approved" ? detail.draft.status : status;
  return (
    <header className={styles.head}>
      <Link to="/content/articles" className={styles.back} aria-label={EDITOR.back}>
        <Icon name="back" />
      </Link>
      <div className={styles.names}>
        <h2 className={styles.title}>{detail.row.title}</h2>
        <p className={styles.state}>
          <StatusBadge status={shown !== null && shown !== "draft" ? shown : detail.row.status} />
          <span>{detail.live === null ? EDITOR.notLive : EDITOR.live(detail.live.revision)}</span>
          <span role="status" data-state={draft.state.kind}>
            {inShort(draft.state)}
          </span>
          {others.length > 0 && (
            <strong className={styles.others} role="status">
              {EDITOR.others(others.join(", "))}
            </strong>
          )}
        </p>
      </div>
      <div className={styles.actions}>
        {draft.draft !== null && shown === "in_review" && draft.draft.saved_by !== me.name && (
          <>
            <Button size="sm" variant="default" onClick={() => void act("approve")}>
              {EDITOR.approve}
            </Button>
            <Button size="sm" variant="default" onClick={() => setAsking("reject")}>
              {EDITOR.reject}
            </Button>
          </>
        )}
        <Menu position="bottom-end">
          <Menu.Target>
            <Button size="sm" variant="default" disabled={draft.draft === null} rightSection={<Icon name="down" size={14} />}>
              {EDITOR.more}
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item onClick={() => void draft.undo().then(told)}>{EDITOR.undoLast}</Menu.Item>
            <Menu.Item onClick={() => void act("request")}>{EDITOR.request}</Menu.Item>
            <Menu.Item color="red" onClick={() => setAsking("discard")}>
              {EDITOR.discard}
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
        <Button size="sm" disabled={draft.draft === null && draft.state.kind === "saved"} onClick={onPublish}>
          {EDITOR.publish}
        </Button>
      </div>
      <Modal opened={asking === "discard"} onClose={() => setAsking(null)} title={EDITOR.discardAsk} closeButtonProps={{ "aria-label": words.close }}>
        <Stack>
          <Text>{EDITOR.discardWhat}</Text>
          <Button
            color="red"
            data-autofocus
            onClick={() => {
              setAsking(null);
              void draft.discard().then((why) => (why === null ? notifications.show({ message: EDITOR.discarded }) : told(why)));
            }}
          >
            {EDITOR.discard}
          </Button>
        </Stack>
      </Modal>
      <RejectForm opened={asking === "reject"} onClose={() => setAsking(null)} onReject={(comment) => void act("reject", comment)} />
    </header>
  );
}

function RejectForm({ opened, onClose, onReject }: { opened: boolean; onClose: () => void; onReject: (comment: string) => void }) {
  const [comment, setComment] = useState("");
  return (
    <Modal opened={opened} onClose={onClose} title={EDITOR.reject} closeButtonProps={{ "aria-label": words.close }}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          onReject(comment);
        }}
      >
        <Stack>
          <Textarea data-autofocus required rows={4} label={contentWords.comments.reviewComment} value={comment} onChange={(event) => setComment(event.currentTarget.value)} />
          <Button type="submit">{EDITOR.reject}</Button>
        </Stack>
      </form>
    </Modal>
  );
}

function inShort(state: SaveState): string {
  switch (state.kind) {
    case "saved":
      return EDITOR.saved;
    case "saving":
      return EDITOR.saving;
    case "unsaved":
      return EDITOR.unsaved;
    default:
      return EDITOR.refused;
  }
}
