import { useEffect, useRef } from "preact/hooks";
import { Dialog } from "../ui/dialog";

export type ShortcutMap = Partial<Record<string, () => void>>;

const EXPLAINED: [string, string][] = [
  ["j / k", "Next or previous conversation"],
  ["u", "Back to the list"],
  ["c", "Claim"],
  ["r", "Write a reply"],
  ["n", "Write an internal note"],
  ["t", "Transfer"],
  ["e", "Resolve"],
  ["Ctrl + Enter", "Send"],
  ["?", "This list"],
];

/** Single keys, except where somebody is writing or a dialog is open. */
export function useShortcuts(map: ShortcutMap): void {
  const latest = useRef(map);
  latest.current = map;
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]") !== null) return;
      if (event.target instanceof Element && event.target.closest("input, textarea, select") !== null) return;
      const action = latest.current[event.key];
      if (action === undefined) return;
      event.preventDefault();
      action();
    };
    addEventListener("keydown", onKey);
    return () => removeEventListener("keydown", onKey);
  }, []);
}

export function Shortcuts({ onClose }: { onClose: () => void }) {
  return (
    <Dialog title="Shortcuts" onClose={onClose}>
      <dl class="keys">
        {EXPLAINED.map(([key, what]) => (
          <div>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
