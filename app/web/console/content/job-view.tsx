import { Alert, Button, Group, Progress, Stack, Text, Textarea } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { api, ok } from "../api/client";
import { useMe } from "../session/session";
import { inWords } from "../ui/problem";
import { clock } from "../ui/time";
import { content } from "../words/en-content";
import { words } from "../words/words";
import { GateView } from "./gate-view";
import type { GateReport } from "./types";

interface Props {
  id: number;
  /** A new attempt is being begun. */
  retrying?: boolean;
  failed?: Error | null;
  onOverride?: (reason: string) => void;
  onDone: () => void;
  onClose: () => void;
}

const EVERY = 500;
const ENDED = new Set(["done", "failed", "blocked", "cancelled", "scheduled"]);

/** How far a job is, and how it ended. */
export function JobView({ id, retrying = false, failed = null, onOverride, onDone, onClose }: Props) {
  const me = useMe();
  const [reason, setReason] = useState("");
  const { data: job, error } = useQuery({
    queryKey: ["content-job", id],
    queryFn: () => ok(api.GET("/v1/editor/jobs/{job_id}", { params: { path: { job_id: id } } })),
    refetchInterval: (query) => (query.state.data !== undefined && ENDED.has(query.state.data.state) ? false : EVERY),
    staleTime: 0,
  });
  const done = job?.state === "done";
  useEffect(() => {
    if (done) onDone();
    // Told once, when it is done.
  }, [done]);
  if (job === undefined) return error === null ? <Text role="status">{words.loading}</Text> : <Alert color="red" role="alert">{inWords(error)}</Alert>;
  const gate = job.gate as GateReport | null;
  const share = job.total > 0 ? Math.round((100 * job.done) / job.total) : 0;
  return (
    <Stack gap="md">
      <Text role="status" fw={600}>
        {job.state === "blocked" ? content.publish.blocked(gate?.regressions.length ?? 0) : (content.publish.stages[job.state] ?? job.state)}
        {job.state === "running" && job.stage !== "" && `: ${job.stage}`}
      </Text>
      {!ENDED.has(job.state) && <Progress value={share} animated aria-label={content.publish.stages["running"]} />}
      {done && <Alert color="baton" variant="light" title={content.publish.done} />}
      {job.state === "scheduled" && job.at !== null && <Text>{content.publish.when(clock(job.at))}</Text>}
      {job.error !== null && (
        <Alert color="red" variant="light" role="alert">
          {job.error}
        </Alert>
      )}
      {gate !== null && <GateView gate={gate} />}
      {failed !== null && (
        <Alert color="red" variant="light" role="alert">
          {inWords(failed)}
        </Alert>
      )}
      {job.state === "blocked" && onOverride !== undefined && (
        <>
          <Text size="sm">{content.publish.overrideRole}</Text>
          {me.can.includes("lead") && <Textarea label={content.publish.override} autosize minRows={2} maxLength={2_000} value={reason} onChange={(event) => setReason(event.currentTarget.value)} />}
        </>
      )}
      <Group justify="flex-end">
        {job.state === "blocked" && onOverride !== undefined && me.can.includes("lead") && (
          <Button color="red" loading={retrying} disabled={reason.trim() === ""} onClick={() => onOverride(reason.trim())}>
            {content.publish.overrideSubmit}
          </Button>
        )}
        <Button variant="default" onClick={onClose}>
          {words.close}
        </Button>
      </Group>
    </Stack>
  );
}
