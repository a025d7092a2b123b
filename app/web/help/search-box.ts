import type { SearchResult } from "../shared/api/article";
import { Http } from "../shared/api/http";

const PAUSE = 120;
const SHORTEST = 2;

/** Search as you type: an ARIA combobox over a form that also works alone. */
export class SearchBox {
  readonly #http = new Http(location.origin);
  readonly #input: HTMLInputElement;
  readonly #list = document.createElement("ul");
  readonly #status = document.createElement("p");
  #options: HTMLLIElement[] = [];
  #active = -1;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #running = new AbortController();

  constructor(readonly form: HTMLFormElement) {
    const input = form.querySelector<HTMLInputElement>("input[name=q]");
    if (input === null) throw new Error("a search form needs an input named q");
    this.#input = input;
    this.#list.id = `${input.id}-list`;
    this.#list.className = "suggestions";
    this.#list.hidden = true;
    this.#list.setAttribute("role", "listbox");
    this.#list.setAttribute("aria-label", input.labels?.[0]?.textContent ?? "");
    this.#status.className = "sr-only";
    this.#status.setAttribute("role", "status");
    input.setAttribute("role", "combobox");
    input.setAttribute("aria-autocomplete", "list");
    input.setAttribute("aria-controls", this.#list.id);
    input.setAttribute("aria-expanded", "false");
    form.append(this.#list, this.#status);

    input.addEventListener("input", () => this.#schedule());
    input.addEventListener("keydown", (event) => this.#onKey(event));
    form.addEventListener("focusout", (event) => {
      if (!(event.relatedTarget instanceof Node && form.contains(event.relatedTarget))) this.#close();
    });
    // Keeps the focus in the field while an option is clicked.
    this.#list.addEventListener("mousedown", (event) => event.preventDefault());
  }

  #schedule(): void {
    clearTimeout(this.#timer);
    this.#running.abort();
    const q = this.#input.value.trim();
    if (q.length < SHORTEST) return this.#close();
    this.#timer = setTimeout(() => void this.#search(q), PAUSE);
  }

  async #search(q: string): Promise<void> {
    this.#running = new AbortController();
    const { signal } = this.#running;
    const { audience, locale } = this.form.dataset;
    try {
      const { results } = await this.#http.send<{ results: SearchResult[] }>("/v1/search", {
        query: { q, audience, locale, limit: 6 },
        signal,
      });
      if (!signal.aborted) this.#show(results);
    } catch {
      // The form still works without suggestions.
      if (!signal.aborted) this.#close();
    }
  }

  #show(results: SearchResult[]): void {
    const { none, count, all } = this.form.dataset;
    this.#options = results.map((result) => this.#option(result.title, result.snippet, this.#href(result)));
    if (results.length > 0) this.#options.push(this.#option(all ?? "", "", null));
    this.#status.textContent = results.length === 0 ? (none ?? "") : `${results.length} ${count ?? ""}`;
    this.#active = -1;
    this.#input.removeAttribute("aria-activedescendant");
    if (results.length > 0) this.#list.replaceChildren(...this.#options);
    this.#list.hidden = results.length === 0;
    this.#input.setAttribute("aria-expanded", String(results.length > 0));
  }

  #option(title: string, snippet: string, href: string | null): HTMLLIElement {
    const option = document.createElement("li");
    option.id = `${this.#list.id}-${this.#options.length}-${Math.random().toString(36).slice(2, 7)}`;
    option.setAttribute("role", "option");
    option.setAttribute("aria-selected", "false");
    if (href === null) option.className = "all";
    const heading = document.createElement("span");
    heading.textContent = title;
    option.append(heading);
    if (snippet !== "") {
      const more = document.createElement("small");
      more.textContent = snippet;
      option.append(more);
    }
    option.addEventListener("click", () => {
      if (href === null) this.form.submit();
      else location.assign(href);
    });
    return option;
  }

  #href(result: SearchResult): string {
    const url = new URL(`/articles/${encodeURIComponent(result.article_id)}`, location.origin);
    const { audience, locale } = this.form.dataset;
    if (locale !== undefined && locale !== "en") url.searchParams.set("lang", locale);
    if (audience !== undefined && audience !== "buyer") url.searchParams.set("audience", audience);
    return url.href;
  }

  #onKey(event: KeyboardEvent): void {
    if (event.key === "Escape" && !this.#list.hidden) {
      event.preventDefault();
      this.#close();
    } else if ((event.key === "ArrowDown" || event.key === "ArrowUp") && !this.#list.hidden) {
      event.preventDefault();
      this.#move(event.key === "ArrowDown" ? 1 : -1);
    } else if (event.key === "Enter" && this.#active >= 0) {
      event.preventDefault();
      this.#options[this.#active]?.click();
    }
  }

  /** Up from the first and down from the last lead back to the field. */
  #move(step: number): void {
    this.#options[this.#active]?.setAttribute("aria-selected", "false");
    const places = this.#options.length + 1;
    this.#active = ((this.#active + 1 + step + places) % places) - 1;
    const option = this.#options[this.#active];
    option?.setAttribute("aria-selected", "true");
    option?.scrollIntoView({ block: "nearest" });
    if (option === undefined) this.#input.removeAttribute("aria-activedescendant");
    else this.#input.setAttribute("aria-activedescendant", option.id);
  }

  #close(): void {
    this.#list.hidden = true;
    this.#active = -1;
    this.#input.setAttribute("aria-expanded", "false");
    this.#input.removeAttribute("aria-activedescendant");
  }
}
