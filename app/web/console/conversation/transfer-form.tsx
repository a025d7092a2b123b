import { Button, NativeSelect, SegmentedControl, Stack, Textarea } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { staffQuery, useQueues } from "../inbox/queue";
import { useMe } from "../session/session";
import { words } from "../words/words";

export interface Target {
  queue?: string;
  to?: number;
  reason: string;
}

interface Props {
  busy: boolean;
  onDone: (target: Target) => void;
}

export function TransferForm({ busy, onDone }: Props) {
  const me = useMe();
  const queues = useQueues();
  const staff = (useQuery(staffQuery).data ?? []).filter((one) => one.id !== me.id && !one.disabled && one.role !== "editor");
  const [kind, setKind] = useState<"queue" | "person">("queue");
  const [chosen, setChosen] = useState<Record<"queue" | "person", string>>({ queue: "", person: "" });
  const [reason, setReason] = useState("");
  const options = {
    queue: queues.map((queue) => ({ value: queue.id, label: queue.open ? queue.name : words.dialogs.closedQueue(queue.name) })),
    person: staff.map((one) => ({ value: String(one.id), label: one.state === "online" ? one.name : words.dialogs.awayPerson(one.name) })),
  };
  const target = chosen[kind] === "" ? (options[kind][0]?.value ?? "") : chosen[kind];
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (reason.trim() === "" || target === "") return;
        onDone({ ...(kind === "queue" ? { queue: target } : { to: Number(target) }), reason: reason.trim() });
      }}
    >
      <Stack gap="md">
        <SegmentedControl
          fullWidth
          aria-label={words.dialogs.transferTitle}
          value={kind}
          onChange={(next) => setKind(next as "queue" | "person")}
          data={[
            { value: "queue", label: words.dialogs.toQueue },
            { value: "person", label: words.dialogs.toPerson },
          ]}
        />
        <NativeSelect
          data-autofocus
          label={kind === "queue" ? words.dialogs.queue : words.dialogs.person}
          data={options[kind]}
          value={target}
          onChange={(event) => setChosen({ ...chosen, [kind]: event.currentTarget.value })}
        />
        <Textarea label={words.dialogs.reason} placeholder={words.dialogs.why} autosize minRows={2} maxRows={6} maxLength={1_000} value={reason} onChange={(event) => setReason(event.currentTarget.value)} />
        <Button type="submit" loading={busy} disabled={reason.trim() === "" || target === ""}>
          {words.talk.transfer}
        </Button>
      </Stack>
    </form>
  );
}
