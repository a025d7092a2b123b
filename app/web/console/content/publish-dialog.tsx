import { Alert, Button, Group, Loader, Modal, Stack, Text, Textarea, TextInput } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { api, ok } from "../api/client";
import { inWords } from "../ui/problem";
import { content } from "../words/en-content";
import { words } from "../words/words";
import { path, refresh } from "./data";
import { JobView } from "./job-view";
import { type Draft, type Job, type Key, named } from "./types";

interface Props {
  keys: Key[];
  onClose: () => void;
  onPublished?: () => void;
}

/** Publishes drafts together: asks for a note, shows how far the job is, and what the gate found. */
export function PublishDialog({ keys, onClose, onPublished }: Props) {
  const [job, setJob] = useState<number | null>(null);
  const [note, setNote] = useState("");
  const [at, setAt] = useState("");
  const drafts = useQuery({
    queryKey: ["content-publish", ...keys.map(named)],
    queryFn: () => Promise.all(keys.map((key) => ok(api.GET("/v1/editor/drafts/{article_id}/{locale}", path(key))))),
    staleTime: 0,
    gcTime: 0,
  });
  const publish = useMutation({
    mutationFn: (reason: string | null) =>
      ok(
        api.POST("/v1/editor/publish", {
          body: {
            drafts: (drafts.data ?? []).map(({ article_id, locale, version }: Draft) => ({ article_id, locale, version })),
            removals: [],
            note: note.trim(),
            ...(at === "" ? {} : { at: new Date(at).toISOString() }),
            ...(reason === null ? {} : { override: { reason } }),
          },
        }),
      ),
    onSuccess: (begun: Job) => setJob(begun.id),
  });
  return (
    <Modal opened onClose={onClose} size="xl" title={content.publish.title} closeButtonProps={{ "aria-label": words.close }}>
      {job !== null ? (
        <JobView
          id={job}
          retrying={publish.isPending}
          failed={publish.error}
          onOverride={(reason) => publish.mutate(reason)}
          onClose={onClose}
          onDone={() => {
            refresh();
            onPublished?.();
          }}
        />
      ) : (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            publish.mutate(null);
          }}
        >
          <Stack gap="md">
            {drafts.isPending && <Loader aria-label={words.loading} />}
            {[drafts.error, publish.error].map(
              (error, place) =>
                error !== null && (
                  <Alert key={place} color="red" variant="light" role="alert">
                    {inWords(error)}
                  </Alert>
                ),
            )}
            {drafts.data !== undefined && (
              <div>
                <Text>{content.publish.what(drafts.data.length)}</Text>
                <ul>
                  {drafts.data.map((draft) => (
                    <li key={named(draft)}>
                      {draft.article_id} ({draft.locale})
                      {draft.problems.length > 0 && `: ${content.editor.problems(draft.problems.length)}`}
                    </li>
                  ))}
                </ul>
              </div>
            )}
            <Textarea data-autofocus label={content.publish.note} autosize minRows={2} maxLength={2_000} value={note} onChange={(event) => setNote(event.currentTarget.value)} />
            <TextInput type="datetime-local" label={content.publish.at} value={at} onChange={(event) => setAt(event.currentTarget.value)} />
            <Group justify="flex-end">
              <Button variant="default" onClick={onClose}>
                {words.cancel}
              </Button>
              <Button type="submit" loading={publish.isPending} disabled={drafts.data === undefined || drafts.data.some((draft) => draft.problems.length > 0)}>
                {at === "" ? content.publish.submit : content.publish.schedule}
              </Button>
            </Group>
          </Stack>
        </form>
      )}
    </Modal>
  );
}
