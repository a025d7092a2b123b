import { Alert, Button, Modal, Stack, Text, Textarea } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { api, ok } from "../api/client";
import { inWords } from "../ui/problem";
import { contentWords } from "../words/en-content";
import { words } from "../words/words";
import { JobProgress } from "./job-progress";
import type { PublicationView } from "./types";

const PUBLICATIONS = contentWords.publications;

/** One confirmation with a reason, then the job. */
export function RollbackDialog({ publication, onClose }: { publication: PublicationView; onClose: () => void }) {
  const [reason, setReason] = useState("");
  const back = useMutation({
    mutationFn: () => ok(api.POST("/v1/editor/publications/{publication_id}/rollback", { params: { path: { publication_id: publication.id } }, body: { reason: reason.trim() } })),
  });
  return (
    <Modal opened onClose={onClose} title={PUBLICATIONS.ask(publication.id)} closeButtonProps={{ "aria-label": words.close }}>
      {back.isSuccess ? (
        <JobProgress id={back.data.id} pending={false} onOverride={() => undefined} onClose={onClose} />
      ) : (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            back.mutate();
          }}
        >
          <Stack>
            <Text size="sm">{PUBLICATIONS.what}</Text>
            <Textarea data-autofocus required rows={2} label={PUBLICATIONS.reason} value={reason} onChange={(event) => setReason(event.currentTarget.value)} />
            {back.isError && (
              <Alert color="red" variant="light" role="alert">
                {inWords(back.error)}
              </Alert>
            )}
            <Button type="submit" disabled={reason.trim() === ""} loading={back.isPending}>
              {PUBLICATIONS.confirm}
            </Button>
          </Stack>
        </form>
      )}
    </Modal>
  );
}
