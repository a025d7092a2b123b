import type { Conversation } from "../../shared/api/conversation";
import type { Locale } from "../../shared/i18n/locale";
import type { Words } from "../words/words";

interface Given {
  words: Words;
  locale: Locale;
  current: string | null;
  load: () => Promise<Conversation[]>;
  /** null begins a new conversation. */
  onChoose: (id: string | null) => void;
}

/** Fills `place` with the visitor's conversations and the way to a new one. Loaded when asked for, so it brings nothing along. */
export async function showEarlier(place: HTMLElement, given: Given): Promise<void> {
  const { words, locale, current, load, onChoose } = given;
  const button = (className: string, onClick: () => void, ...children: (Node | string)[]) => {
    const element = make("button", className, ...children);
    element.type = "button";
    element.addEventListener("click", onClick);
    return element;
  };
  const status = make("p", "soft", words.loading);
  status.setAttribute("role", "status");
  place.replaceChildren(
    make("h3", "", words.earlier),
    button("choice", () => onChoose(null), words.newChat),
    status,
  );
  try {
    const found = await load();
    status.textContent = found.length === 0 ? words.noneEarlier : "";
    const when = new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeStyle: "short" });
    const list = make("ul", "earlier");
    for (const { id, subject, updated_at: updated, state } of found) {
      const about = make("span", "", subject ?? words.title);
      about.dir = "auto";
      const line = make("span", "soft", `${when.format(new Date(updated))} · ${words.states[state]}`);
      const choice = button("", () => onChoose(id), about, line);
      if (id === current) choice.setAttribute("aria-current", "true");
      list.append(make("li", "", choice));
    }
    place.append(list);
  } catch {
    status.textContent = words.failed;
  }
}

function make<T extends keyof HTMLElementTagNameMap>(tag: T, className: string, ...children: (Node | string)[]): HTMLElementTagNameMap[T] {
  const element = document.createElement(tag);
  element.className = className;
  element.append(...children);
  return element;
}
