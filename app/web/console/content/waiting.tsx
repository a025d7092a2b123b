import { Button, Text } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { api, ok } from "../api/client";
import { clock } from "../ui/time";
import { content } from "../words/en-content";
import styles from "./content.module.css";
import { refresh } from "./data";

/** Jobs that are under way or scheduled. */
export function Waiting() {
  const { data } = useQuery({
    queryKey: ["content", "jobs", "waiting"],
    queryFn: () => ok(api.GET("/v1/editor/jobs", { params: { query: { state: ["queued", "running", "scheduled"] } } })),
    refetchInterval: 3_000,
  });
  const cancel = useMutation({
    mutationFn: (id: number) => ok(api.POST("/v1/editor/jobs/{job_id}/cancel", { params: { path: { job_id: id } } })),
    onSettled: refresh,
  });
  if (data === undefined || data.items.length === 0) return null;
  return (
    <section className={styles.card} aria-label={content.log.waiting}>
      <Text fw={600}>{content.log.waiting}</Text>
      {data.items.map((job) => (
        <div key={job.id} className={styles.row}>
          <span className={styles.grow}>
            {content.publish.stages[job.state] ?? job.state} {job.note}
          </span>
          {job.at !== null && <span className={styles.sub}>{content.publish.when(clock(job.at))}</span>}
          {job.state !== "running" && (
            <Button size="compact-sm" variant="default" onClick={() => cancel.mutate(job.id)}>
              {content.publish.cancel}
            </Button>
          )}
        </div>
      ))}
    </section>
  );
}
