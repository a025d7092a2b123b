import { useEffect, useRef } from "react";

export type ShortcutMap = Partial<Record<string, () => void>>;

const WRITING = "input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable=true]";
const COVERED = "[role=dialog][aria-modal=true], [role=menu], [role=listbox][data-open]";

/** Single keys, except where somebody is writing or something covers the page. Several maps may be there at once. */
export function useShortcuts(map: ShortcutMap): void {
  const latest = useRef(map);
  useEffect(() => {
    latest.current = map;
  });
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.target instanceof Element && event.target.closest(WRITING) !== null) return;
      if (document.querySelector(COVERED) !== null) return;
      const action = latest.current[event.key];
      if (action === undefined) return;
      event.preventDefault();
      action();
    };
    addEventListener("keydown", onKey);
    return () => removeEventListener("keydown", onKey);
  }, []);
}
