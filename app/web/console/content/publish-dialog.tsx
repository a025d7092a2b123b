import { Alert, Button, Checkbox, Modal, Stack, Textarea, TextInput } from "@mantine/core";
import { useMutation, useQueries } from "@tanstack/react-query";
import { useState } from "react";
import { api, ok } from "../api/client";
import { inWords } from "../ui/problem";
import { contentWords } from "../words/en-content";
import { words } from "../words/words";
import { JobProgress } from "./job-progress";
import { Loading } from "./page";
import styles from "./publish-dialog.module.css";
import { articleQuery } from "./queries";
import { type ArticleDetail, type Draft, type Key, keyText } from "./types";

const PUBLISH = contentWords.publish;

/** Chooses drafts, says why, and follows the job to its end. */
export function PublishDialog({ keys, onClose }: { keys: Key[]; onClose: () => void }) {
  const [job, setJob] = useState<number | null>(null);
  const [note, setNote] = useState("");
  const [later, setLater] = useState(false);
  const [at, setAt] = useState("");
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const found = useQueries({ queries: keys.map((key) => ({ ...articleQuery(key), staleTime: 0 })) });
  const details = found.flatMap(({ data }) => (data?.draft == null ? [] : [{ detail: data, draft: data.draft }]));
  const chosen = details.filter(({ draft }) => draft.problems.length === 0 && !left.has(keyText(draft)));
  const send = useMutation({
    mutationFn: (reason: string | null) =>
      ok(
        api.POST("/v1/editor/publish", {
          body: {
            drafts: chosen.map(({ draft: { article_id, locale, version } }) => ({ article_id, locale, version })),
            removals: [],
            note: note.trim(),
            ...(later && at !== "" ? { at: new Date(at).toISOString() } : {}),
            ...(reason === null ? {} : { override: { reason } }),
          },
        }),
      ),
    onSuccess: ({ id }) => setJob(id),
  });
  const toggle = (key: string) => {
    const next = new Set(left);
    if (!next.delete(key)) next.add(key);
    setLeft(next);
  };
  return (
    <Modal opened onClose={onClose} title={PUBLISH.title} size={job === null ? "lg" : "xl"} closeButtonProps={{ "aria-label": words.close }}>
      {send.isError && (
        <Alert mb="sm" color="red" variant="light" role="alert">
          {inWords(send.error)}
        </Alert>
      )}
      {job !== null ? (
        <JobProgress id={job} pending={send.isPending} onOverride={(reason) => send.mutate(reason)} onClose={onClose} />
      ) : found.some(({ isPending }) => isPending) ? (
        <Loading />
      ) : details.length === 0 ? (
        <p>{PUBLISH.none}</p>
      ) : (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            send.mutate(null);
          }}
        >
          <Stack>
            <ul className={styles.drafts} aria-label={PUBLISH.drafts}>
              {details.map(({ detail, draft }) => (
                <DraftLine key={keyText(draft)} detail={detail} draft={draft} chosen={!left.has(keyText(draft))} onToggle={() => toggle(keyText(draft))} />
              ))}
            </ul>
            <Textarea data-autofocus rows={2} label={PUBLISH.note} placeholder={PUBLISH.noteHint} value={note} onChange={(event) => setNote(event.currentTarget.value)} />
            <Checkbox label={PUBLISH.later} checked={later} onChange={(event) => setLater(event.currentTarget.checked)} />
            {later && <TextInput type="datetime-local" required label={PUBLISH.at} value={at} onChange={(event) => setAt(event.currentTarget.value)} />}
            <Button type="submit" disabled={chosen.length === 0} loading={send.isPending}>
              {later ? PUBLISH.schedule(chosen.length) : PUBLISH.submit(chosen.length)}
            </Button>
          </Stack>
        </form>
      )}
    </Modal>
  );
}

function DraftLine({ detail, draft, chosen, onToggle }: { detail: ArticleDetail; draft: Draft; chosen: boolean; onToggle: () => void }) {
  const broken = draft.problems.length > 0;
  return (
    <li>
      <Checkbox
        label={`${detail.row.title} (${contentWords.locales[draft.locale] ?? draft.locale})`}
        checked={chosen && !broken}
        disabled={broken}
        onChange={onToggle}
        {...(broken ? { error: `${PUBLISH.problems(draft.problems.length)}: ${draft.problems[0]?.message}` } : {})}
      />
    </li>
  );
}
