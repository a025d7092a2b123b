import { Alert, Button, Stack, Textarea } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { useMe } from "../session/session";
import { inWords } from "../ui/problem";
import { contentWords } from "../words/en-content";
import { words } from "../words/words";
import { GateResult } from "./gate-result";
import { ProgressBar } from "./progress-bar";
import { jobQuery, refreshContent } from "./queries";
import type { GateReport } from "./types";

const PUBLISH = contentWords.publish;

interface Props {
  id: number;
  pending: boolean;
  onOverride: (reason: string) => void;
  onClose: () => void;
}

/** A job while it runs, and how it ended. */
export function JobProgress({ id, pending, onOverride, onClose }: Props) {
  const { data: job, error } = useQuery(jobQuery(id));
  const state = job?.state;
  useEffect(() => {
    if (state !== undefined && state !== "queued" && state !== "running") refreshContent();
  }, [state]);
  const gate = (job?.gate ?? null) as GateReport | null;
  if (job === undefined) return error === null ? <ProgressBar label={PUBLISH.running} /> : <p role="alert">{inWords(error)}</p>;
  if (state === "queued" || state === "running") {
    return <ProgressBar label={state === "queued" ? (PUBLISH.stages["queued"] ?? "") : job.stage || PUBLISH.running} done={job.done} total={job.total} />;
  }
  if (state === "blocked" && gate !== null) return <Blocked gate={gate} pending={pending} onOverride={onOverride} onClose={onClose} />;
  return (
    <Stack>
      {state === "done" || state === "scheduled" ? (
        <Alert variant="light" role="status" title={state === "done" ? PUBLISH.done : PUBLISH.scheduled}>
          {gate !== null && PUBLISH.checked(gate.checked, gate.considered)}
        </Alert>
      ) : (
        <Alert variant="light" color="red" role="alert" title={PUBLISH.failed}>
          {job.error}
        </Alert>
      )}
      {gate !== null && gate.improvements.length > 0 && <GateResult title={PUBLISH.improvements(gate.improvements.length)} changes={gate.improvements} />}
      <Button data-autofocus variant="default" onClick={onClose}>
        {words.close}
      </Button>
    </Stack>
  );
}

function Blocked({ gate, pending, onOverride, onClose }: { gate: GateReport; pending: boolean; onOverride: (reason: string) => void; onClose: () => void }) {
  const me = useMe();
  const [reason, setReason] = useState("");
  return (
    <Stack>
      <Alert color="red" variant="light" role="alert" title={PUBLISH.stopped}>
        {PUBLISH.stoppedWhat(gate.regressions.length)}
      </Alert>
      <GateResult title={PUBLISH.report} changes={gate.regressions} />
      <p>{PUBLISH.checked(gate.checked, gate.considered)}</p>
      <Button data-autofocus onClick={onClose}>
        {PUBLISH.fix}
      </Button>
      {me.can.includes("lead") ? (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            onOverride(reason);
          }}
        >
          <Stack gap="xs" align="flex-start">
            <Textarea w="100%" required rows={2} label={PUBLISH.reason} value={reason} onChange={(event) => setReason(event.currentTarget.value)} />
            <Button type="submit" color="red" variant="outline" loading={pending} disabled={reason.trim() === ""}>
              {PUBLISH.override}
            </Button>
          </Stack>
        </form>
      ) : (
        <p>{PUBLISH.overrideNo}</p>
      )}
    </Stack>
  );
}
