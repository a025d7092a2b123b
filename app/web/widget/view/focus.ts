const FOCUSABLE = "button:not([disabled]), a[href], textarea, input:not([disabled]), select, [tabindex='0']";

/** On a narrow screen the panel covers the page: Tab goes round inside it. */
export function keepFocusInside(panel: HTMLElement | null, event: KeyboardEvent): void {
  if (event.key !== "Tab" || panel === null) return;
  const stops = [...panel.querySelectorAll<HTMLElement>(FOCUSABLE)].filter((element) => element.offsetParent !== null);
  const first = stops[0];
  const last = stops.at(-1);
  const now = (panel.getRootNode() as ShadowRoot).activeElement;
  if (event.shiftKey && (now === first || now === panel)) {
    event.preventDefault();
    last?.focus();
  } else if (!event.shiftKey && now === last) {
    event.preventDefault();
    first?.focus();
  }
}
