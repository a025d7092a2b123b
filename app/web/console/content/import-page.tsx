import { Alert, Button, NativeSelect, TextInput } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { type DragEvent, useRef, useState } from "react";
import { api, ok } from "../api/client";
import { inWords } from "../ui/problem";
import { clock } from "../ui/time";
import { contentWords } from "../words/en-content";
import { ImportResult } from "./import-result";
import styles from "./import-page.module.css";
import { LoadFailed, Loading, Page } from "./page";
import { ProgressBar } from "./progress-bar";
import { refreshContent } from "./queries";
import lists from "./tab-list.module.css";
import type { ImportJob } from "./types";
import { upload } from "./upload";

const IMPORTS = contentWords.imports;

/** Sends a file or a sitemap's address, and shows what was found in it. */
export function ImportPage() {
  const [job, setJob] = useState<number | null>(null);
  const [sent, setSent] = useState(0);
  const [audience, setAudience] = useState("buyer,seller");
  const [topic, setTopic] = useState("general");
  const [sitemap, setSitemap] = useState("");
  const input = useRef<HTMLInputElement>(null);
  const begun = (id: number) => {
    setJob(id);
    refreshContent();
  };
  const send = useMutation({ mutationFn: (file: File) => upload(file, { audience, topic }, setSent), onSuccess: begun });
  const crawl = useMutation({
    mutationFn: async () => {
      const body = { sitemap: sitemap.trim(), audience: audience.split(",") as ("buyer" | "seller")[], topic };
      return (await ok(api.POST("/v1/editor/imports", { body: body as never }))).id;
    },
    onSuccess: begun,
  });
  const take = (file: File | undefined) => {
    if (file === undefined) return;
    setSent(0);
    send.mutate(file);
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    take(event.dataTransfer.files[0]);
  };
  const problem = send.error ?? crawl.error;
  return (
    <Page title={contentWords.nav.import}>
      <div className={styles.begin} onDragOver={(event) => event.preventDefault()} onDrop={drop}>
        <p className={styles.lead}>{IMPORTS.lead}</p>
        <div className={styles.options} role="group" aria-label={IMPORTS.options}>
          <TextInput size="sm" label={IMPORTS.topic} value={topic} onChange={(event) => setTopic(event.currentTarget.value)} />
          <NativeSelect
            size="sm"
            label={IMPORTS.audience}
            value={audience}
            onChange={(event) => setAudience(event.currentTarget.value)}
            data={[
              { value: "buyer,seller", label: IMPORTS.both },
              { value: "buyer", label: contentWords.audiences["buyer"] ?? "" },
              { value: "seller", label: contentWords.audiences["seller"] ?? "" },
            ]}
          />
        </div>
        <div className={styles.file}>
          <input
            ref={input}
            type="file"
            className="hidden"
            tabIndex={-1}
            aria-label={IMPORTS.file}
            accept=".md,.zip,.html,.htm,.docx,.pdf,.csv"
            onChange={(event) => {
              take(event.currentTarget.files?.[0]);
              event.currentTarget.value = "";
            }}
          />
          <Button loading={send.isPending} onClick={() => input.current?.click()}>
            {IMPORTS.file}
          </Button>
          <span>{IMPORTS.drop}</span>
        </div>
        {send.isPending && <ProgressBar label={IMPORTS.uploading(Math.round(sent * 100))} done={Math.round(sent * 100)} total={100} />}
        <form
          className={styles.sitemap}
          onSubmit={(event) => {
            event.preventDefault();
            crawl.mutate();
          }}
        >
          <TextInput size="sm" type="url" required label={IMPORTS.sitemap} placeholder="https://…/sitemap.xml" value={sitemap} onChange={(event) => setSitemap(event.currentTarget.value)} />
          <Button size="sm" type="submit" variant="default" loading={crawl.isPending}>
            {IMPORTS.read}
          </Button>
        </form>
        {problem !== null && (
          <Alert color="red" variant="light" role="alert">
            {inWords(problem)}
          </Alert>
        )}
      </div>
      {job !== null && <ImportResult key={job} id={job} />}
      <Recent shown={job} onShow={setJob} />
    </Page>
  );
}

function Recent({ shown, onShow }: { shown: number | null; onShow: (id: number) => void }) {
  const { data, error, refetch } = useQuery({ queryKey: ["content", "imports"], queryFn: () => ok(api.GET("/v1/editor/imports")), staleTime: 0 });
  return (
    <section aria-label={IMPORTS.recent}>
      <h3 className={lists.sub}>{IMPORTS.recent}</h3>
      {data === undefined && (error === null ? <Loading /> : <LoadFailed error={error} onRetry={() => void refetch()} />)}
      {data?.items.length === 0 && <p>{IMPORTS.noneYet}</p>}
      <ul className={lists.list}>
        {data?.items.map((one) => (
          <RecentItem key={one.id} job={one} isShown={one.id === shown} onShow={() => onShow(one.id)} />
        ))}
      </ul>
    </section>
  );
}

function RecentItem({ job, isShown, onShow }: { job: ImportJob; isShown: boolean; onShow: () => void }) {
  return (
    <li className={lists.item}>
      <span className={lists.about}>
        <strong>{job.name}</strong>{" "}
        <span className={lists.dim}>
          {IMPORTS.states[job.state] ?? job.state} · {job.by} · {clock(job.created_at)}
        </span>
      </span>
      <Button size="compact-sm" variant="default" aria-pressed={isShown} aria-label={`${contentWords.history.show}: ${job.name}`} onClick={onShow}>
        {contentWords.history.show}
      </Button>
    </li>
  );
}
