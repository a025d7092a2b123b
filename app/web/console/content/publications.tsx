import { Badge, Button } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { api, ok } from "../api/client";
import { whole } from "../ui/time";
import { contentWords } from "../words/en-content";
import { LoadFailed, Loading, Nothing, Page } from "./page";
import { publicationsQuery, refreshContent } from "./queries";
import { RollbackDialog } from "./rollback-dialog";
import styles from "./tab-list.module.css";
import type { Job, PublicationView } from "./types";

const PUBLICATIONS = contentWords.publications;

/** What was live and when, what is about to be, and the way back. */
export function Publications() {
  const [back, setBack] = useState<PublicationView | null>(null);
  const { data, error, isPending, refetch } = useQuery(publicationsQuery);
  const waiting = useQuery({
    queryKey: ["content", "jobs"],
    queryFn: () => ok(api.GET("/v1/editor/jobs", { params: { query: { state: ["scheduled", "queued", "running"] } } })),
    refetchInterval: 5_000,
  }).data?.items;
  return (
    <Page title={contentWords.nav.publications}>
      {waiting !== undefined && waiting.length > 0 && (
        <ul className={styles.list} aria-label={PUBLICATIONS.scheduled}>
          {waiting.map((job) => (
            <WaitingJob key={job.id} job={job} />
          ))}
        </ul>
      )}
      {isPending ? (
        <Loading />
      ) : data === undefined ? (
        <LoadFailed error={error} onRetry={() => void refetch()} />
      ) : data.items.length === 0 ? (
        <Nothing icon="history" text={PUBLICATIONS.none} />
      ) : (
        <ol className={styles.list} aria-label={contentWords.nav.publications}>
          {data.items.map((one) => (
            <li key={one.id} className={styles.item} data-live={one.live}>
              <span className={styles.about}>
                <strong>{PUBLICATIONS.id(one.id)}</strong> · {PUBLICATIONS.kinds[one.kind] ?? one.kind} {one.by !== "" && PUBLICATIONS.by(one.by)}{" "}
                <span className={styles.dim}>{whole(one.at)}</span>
              </span>
              {one.live ? (
                <Badge size="sm" tt="none">
                  {PUBLICATIONS.live}
                </Badge>
              ) : (
                <Button size="compact-sm" variant="default" aria-label={`${PUBLICATIONS.rollback}: ${PUBLICATIONS.id(one.id)}`} onClick={() => setBack(one)}>
                  {PUBLICATIONS.rollback}
                </Button>
              )}
              <p className={styles.text}>
                {one.note !== "" && <span>{one.note} · </span>}
                <span className={styles.dim}>
                  {Object.entries(one.counts)
                    .filter(([, number]) => number > 0)
                    .map(([name, number]) => `${number} ${PUBLICATIONS.counts[name] ?? name}`)
                    .join(", ")}
                  {!one.kept && ` · ${PUBLICATIONS.slow}`}
                </span>
              </p>
              {one.override_reason !== null && (
                <p className={styles.text}>
                  <strong>{PUBLICATIONS.override}</strong> {one.override_reason}
                </p>
              )}
            </li>
          ))}
        </ol>
      )}
      {back !== null && <RollbackDialog publication={back} onClose={() => setBack(null)} />}
    </Page>
  );
}

function WaitingJob({ job }: { job: Job }) {
  const cancel = useMutation({
    mutationFn: () => ok(api.POST("/v1/editor/jobs/{job_id}/cancel", { params: { path: { job_id: job.id } } })),
    onSettled: refreshContent,
  });
  return (
    <li className={styles.item}>
      <span className={styles.about}>
        <strong>{job.state === "scheduled" ? PUBLICATIONS.scheduled : PUBLICATIONS.running}</strong> {PUBLICATIONS.by(job.by)}{" "}
        {job.at !== null && <span className={styles.dim}>{whole(job.at)}</span>}
      </span>
      {job.state === "scheduled" && (
        <Button size="compact-sm" variant="default" loading={cancel.isPending} onClick={() => cancel.mutate()}>
          {PUBLICATIONS.cancel}
        </Button>
      )}
      <p className={styles.text}>{job.note || job.keys.map((key) => key.article_id).join(", ")}</p>
    </li>
  );
}
