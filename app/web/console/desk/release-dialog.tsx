import { useState } from "preact/hooks";
import { Dialog } from "../ui/dialog";

interface Props {
  onClose: () => void;
  onRelease: (reason: string) => void;
}

export function ReleaseDialog({ onClose, onRelease }: Props) {
  const [reason, setReason] = useState("");
  return (
    <Dialog title="Release" onClose={onClose}>
      <form
        class="dialog-form"
        onSubmit={(event) => {
          event.preventDefault();
          onRelease(reason.trim());
        }}
      >
        <p>The visitor goes back in line.</p>
        <label>
          Reason (optional)
          <input value={reason} autofocus onInput={(event) => setReason(event.currentTarget.value)} />
        </label>
        <button class="primary">Release</button>
      </form>
    </Dialog>
  );
}
