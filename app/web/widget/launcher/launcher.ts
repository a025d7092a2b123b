import { LAUNCHER_WORDS } from "./words";
import type { Locale } from "../../shared/i18n/locale";
import css from "./launcher.css?inline";

const SVG = "http://www.w3.org/2000/svg";

/** The button that is on the page from the start. */
export class Launcher {
  readonly #button = document.createElement("button");
  readonly #label = document.createElement("span");
  readonly #badge = document.createElement("span");
  readonly #words: { help: string; unread: string; failed: string };

  constructor(root: ShadowRoot, locale: Locale, theme: string, onIntent: () => void, onClick: () => void) {
    this.#words = LAUNCHER_WORDS[locale];
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    root.adoptedStyleSheets = [sheet];

    const button = this.#button;
    button.type = "button";
    button.className = "launcher";
    button.dataset["theme"] = theme;
    button.setAttribute("aria-haspopup", "dialog");
    button.setAttribute("aria-expanded", "false");
    this.#badge.className = "badge";
    this.#label.textContent = this.#words.help;
    button.append(icon(), this.#label, this.#badge);
    for (const intent of ["pointerenter", "focus", "touchstart"]) {
      button.addEventListener(intent, onIntent, { passive: true });
    }
    button.addEventListener("click", onClick);
    root.append(button);
  }

  get element(): HTMLElement {
    return this.#button;
  }

  hide(hidden: boolean): void {
    this.#button.hidden = hidden;
    this.#button.setAttribute("aria-expanded", String(hidden));
  }

  busy(busy: boolean): void {
    this.#button.setAttribute("aria-busy", String(busy));
    this.#label.textContent = this.#words.help;
  }

  failed(): void {
    this.busy(false);
    this.#label.textContent = this.#words.failed;
  }

  unread(count: number): void {
    this.#badge.textContent = count > 0 ? String(Math.min(count, 99)) : "";
    if (count > 0) this.#badge.setAttribute("aria-label", `${count} ${this.#words.unread}`);
  }
}

function icon(): SVGElement {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("width", "24");
  svg.setAttribute("height", "24");
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("fill", "currentColor");
  path.setAttribute("d", "M12 3C6.9 3 3 6.5 3 10.9c0 2.3 1.1 4.4 3 5.8V21l3.7-2.4c.7.1 1.5.2 2.3.2 5.1 0 9-3.5 9-7.9S17.1 3 12 3Z");
  svg.append(path);
  return svg;
}
