import { Alert, Button, FileInput, Group, Progress, Stack, Text, TextInput } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { api, ok } from "../api/client";
import { upload } from "../api/upload";
import { inWords } from "../ui/problem";
import { content } from "../words/en-content";
import styles from "./content.module.css";
import { refresh } from "./data";
import { ImportTable } from "./import-table";

const EVERY = 700;

/** Brings content in from where it lives: read, shown, and only then saved as drafts. */
export function Imports() {
  const [id, setId] = useState<number | null>(null);
  return <div className={styles.cards}>{id === null ? <Begin onBegun={setId} /> : <Found id={id} onAgain={() => setId(null)} />}</div>;
}

function Begin({ onBegun }: { onBegun: (id: number) => void }) {
  const [file, setFile] = useState<File | null>(null);
  const [sitemap, setSitemap] = useState("");
  const [sent, setSent] = useState(0);
  const begin = useMutation({
    mutationFn: async (): Promise<{ id: number }> => {
      if (file !== null) {
        const form = new FormData();
        form.set("file", file);
        return (await upload("/v1/editor/imports", form, setSent)) as { id: number };
      }
      return await ok(api.POST("/v1/editor/imports", { body: { sitemap: sitemap.trim() } as never }));
    },
    onSuccess: (begun) => onBegun(begun.id),
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        begin.mutate();
      }}
    >
      <Stack gap="md">
        <Text>{content.bring.lead}</Text>
        {begin.isError && (
          <Alert color="red" variant="light" role="alert">
            {inWords(begin.error)}
          </Alert>
        )}
        <FileInput label={content.bring.file} value={file} onChange={setFile} clearable accept=".md,.zip,.html,.htm,.docx,.pdf,.csv" clearButtonProps={{ "aria-label": content.bulk.clear }} />
        <TextInput type="url" label={content.bring.sitemap} value={sitemap} maxLength={600} disabled={file !== null} onChange={(event) => setSitemap(event.currentTarget.value)} />
        {begin.isPending && file !== null && <Progress value={100 * sent} aria-label={content.bring.reading} />}
        <Group>
          <Button type="submit" loading={begin.isPending} disabled={file === null && sitemap.trim() === ""}>
            {content.bring.start}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function Found({ id, onAgain }: { id: number; onAgain: () => void }) {
  const found = useQuery({
    queryKey: ["content-import", id],
    queryFn: () => ok(api.GET("/v1/editor/imports/{job_id}", { params: { path: { job_id: id } } })),
    refetchInterval: (query) => (query.state.data !== undefined && !["queued", "running"].includes(query.state.data.state) ? false : EVERY),
    staleTime: 0,
  });
  const accept = useMutation({
    mutationFn: () => ok(api.POST("/v1/editor/imports/{job_id}/accept", { params: { path: { job_id: id } }, body: {} })),
    onSuccess: refresh,
  });
  const job = found.data;
  const running = job === undefined || job.state === "queued" || job.state === "running";
  const wanted = (job?.counts.add ?? 0) + (job?.counts.update ?? 0);
  return (
    <Stack gap="md">
      {running && (
        <div role="status">
          <Text>{content.bring.reading}</Text>
          <Progress value={job !== undefined && job.total > 0 ? (100 * job.done) / job.total : 0} animated aria-label={content.bring.reading} />
        </div>
      )}
      {[found.error, accept.error].map(
        (error, at) =>
          error !== null && (
            <Alert key={at} color="red" variant="light" role="alert">
              {inWords(error)}
            </Alert>
          ),
      )}
      {job?.error != null && (
        <Alert color="red" variant="light" role="alert">
          {job.error}
        </Alert>
      )}
      {!running && <ImportTable job={job} />}
      {accept.isSuccess && <Alert color="baton" variant="light" role="status" title={content.bring.saved(accept.data.saved)} />}
      {accept.data?.problems?.map((problem) => (
        <Text key={problem} size="sm">
          {problem}
        </Text>
      ))}
      <Group>
        {!running && !accept.isSuccess && (
          <Button disabled={wanted === 0} loading={accept.isPending} onClick={() => accept.mutate()}>
            {wanted === 0 ? content.bring.nothing : content.bring.accept(wanted)}
          </Button>
        )}
        <Button variant="default" onClick={onAgain}>
          {content.bring.again}
        </Button>
      </Group>
    </Stack>
  );
}
