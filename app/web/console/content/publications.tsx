import { Alert, Badge, Button, Group, Loader, Modal, Stack, Text, Textarea } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { api, ok } from "../api/client";
import { inWords } from "../ui/problem";
import { clock } from "../ui/time";
import { content } from "../words/en-content";
import { words } from "../words/words";
import { Conflicts } from "./conflicts";
import styles from "./content.module.css";
import { publicationsQuery, refresh } from "./data";
import { JobView } from "./job-view";
import type { Publication } from "./types";
import { Waiting } from "./waiting";

export function Publications() {
  const { data, error, isPending } = useQuery(publicationsQuery);
  const [back, setBack] = useState<Publication | null>(null);
  return (
    <div className={styles.cards}>
      <Conflicts />
      <Waiting />
      {isPending && <Loader aria-label={words.loading} />}
      {error !== null && (
        <Alert color="red" variant="light" role="alert">
          {inWords(error)}
        </Alert>
      )}
      {data?.items.length === 0 && <Text c="dimmed">{content.log.none}</Text>}
      {data?.items.map((one) => (
        <section key={one.id} className={styles.card} aria-label={`${one.id}`}>
          <div className={styles.row}>
            <strong>#{one.id}</strong>
            {one.live && (
              <Badge color="baton" variant="light" tt="none" autoContrast>
                {content.log.live}
              </Badge>
            )}
            <span className={styles.grow}>
              {content.log.kinds[one.kind] ?? one.kind}, {one.by}
            </span>
            <span className={styles.sub}>{clock(one.at)}</span>
            {!one.live && (
              <Button size="compact-sm" variant="default" aria-label={`${content.log.back}: #${one.id}`} onClick={() => setBack(one)}>
                {content.log.back}
              </Button>
            )}
          </div>
          {one.note !== "" && <p className={styles.quiet}>{one.note}</p>}
          <p className={styles.quiet}>{content.log.counts(one.counts)}</p>
          {one.override_reason !== null && <p className={styles.warn}>{content.log.overridden(one.override_reason)}</p>}
        </section>
      ))}
      {back !== null && <GoBack publication={back} onClose={() => setBack(null)} />}
    </div>
  );
}

function GoBack({ publication, onClose }: { publication: Publication; onClose: () => void }) {
  const [reason, setReason] = useState("");
  const [job, setJob] = useState<number | null>(null);
  const go = useMutation({
    mutationFn: () => ok(api.POST("/v1/editor/publications/{publication_id}/rollback", { params: { path: { publication_id: publication.id } }, body: { reason: reason.trim() } })),
    onSuccess: (begun) => setJob(begun.id),
  });
  return (
    <Modal opened onClose={onClose} title={content.log.back} closeButtonProps={{ "aria-label": words.close }}>
      {job !== null ? (
        <JobView id={job} onDone={refresh} onClose={onClose} />
      ) : (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            go.mutate();
          }}
        >
          <Stack gap="md">
            <Text>{content.log.backSure(publication.id)}</Text>
            {go.isError && (
              <Alert color="red" variant="light" role="alert">
                {inWords(go.error)}
              </Alert>
            )}
            <Textarea data-autofocus label={content.log.reason} autosize minRows={2} maxLength={2_000} value={reason} onChange={(event) => setReason(event.currentTarget.value)} />
            <Group justify="flex-end">
              <Button variant="default" onClick={onClose}>
                {words.cancel}
              </Button>
              <Button type="submit" loading={go.isPending} disabled={reason.trim() === ""}>
                {content.log.back}
              </Button>
            </Group>
          </Stack>
        </form>
      )}
    </Modal>
  );
}
