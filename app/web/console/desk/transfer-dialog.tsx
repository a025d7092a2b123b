import { useState } from "preact/hooks";
import type { StaffQueue } from "../../shared/api/desk";
import { Dialog } from "../ui/dialog";

interface Props {
  queues: StaffQueue[];
  onClose: () => void;
  onTransfer: (queue: string, reason: string) => void;
}

export function TransferDialog({ queues, onClose, onTransfer }: Props) {
  const [queue, setQueue] = useState("");
  const [reason, setReason] = useState("");
  const ready = queue !== "" && reason.trim() !== "";
  return (
    <Dialog title="Transfer" onClose={onClose}>
      <form
        class="dialog-form"
        onSubmit={(event) => {
          event.preventDefault();
          if (ready) onTransfer(queue, reason.trim());
        }}
      >
        <label>
          To
          <select value={queue} autofocus required onChange={(event) => setQueue(event.currentTarget.value)}>
            <option value="">Choose a queue</option>
            {queues.map((one) => (
              <option value={one.id}>{one.open ? one.name : `${one.name} (closed)`}</option>
            ))}
          </select>
        </label>
        <label>
          Reason
          <input value={reason} required onInput={(event) => setReason(event.currentTarget.value)} />
        </label>
        <button class="primary" disabled={!ready}>
          Transfer
        </button>
      </form>
    </Dialog>
  );
}
