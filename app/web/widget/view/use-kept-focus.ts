import type { RefObject } from "preact";
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";

/** When the control that had the focus goes away, the panel takes it: a keyboard is never thrown back to the page. */
export function useKeptFocus(panel: RefObject<HTMLElement | null>): void {
  const inside = useRef(false);
  useEffect(() => {
    const root = panel.current?.getRootNode();
    const host = root instanceof ShadowRoot ? root.host : null;
    const note = (event: Event) => {
      inside.current = event.target === host;
    };
    inside.current = document.activeElement === host;
    for (const type of ["focusin", "pointerdown"]) document.addEventListener(type, note);
    return () => {
      for (const type of ["focusin", "pointerdown"]) document.removeEventListener(type, note);
    };
  }, []);
  useLayoutEffect(() => {
    const root = panel.current?.getRootNode();
    if (inside.current && root instanceof ShadowRoot && root.activeElement === null) panel.current?.focus({ preventScroll: true });
  });
}
