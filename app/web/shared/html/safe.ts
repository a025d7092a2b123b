import { safeHref } from "../markdown/inline";

const KEPT: Record<string, readonly string[]> = {
  p: [], h1: [], h2: ["id"], h3: ["id"], h4: ["id"], ul: [], ol: ["start"], li: [], strong: [], em: [], b: [], i: [],
  code: [], pre: [], blockquote: [], br: [], hr: [], a: ["href"], table: [], thead: [], tbody: [], tr: [],
  th: ["scope"], td: [], div: [], span: [], section: [],
};
const DROPPED = new Set(["script", "style", "template", "iframe", "object", "embed", "noscript", "svg", "math", "title"]);

/** Pages with `require-trusted-types-for 'script'` allow us this by `trusted-types baton`. What it lets in is only read. */
const trusted = (globalThis as { trustedTypes?: { createPolicy: (name: string, rules: object) => { createHTML: (html: string) => string } } })
  .trustedTypes?.createPolicy("baton", { createHTML: (html: string) => html });

/** Copies an article's HTML element by element: what is not on the list never reaches the page. */
export function safeFragment(html: string): DocumentFragment {
  const parsed = new DOMParser().parseFromString(trusted?.createHTML(html) ?? html, "text/html");
  const fragment = document.createDocumentFragment();
  for (const child of parsed.body.childNodes) copy(child, fragment);
  return fragment;
}

function copy(node: Node, into: Node): void {
  if (node.nodeType === Node.TEXT_NODE) {
    into.appendChild(document.createTextNode(node.textContent ?? ""));
    return;
  }
  if (!(node instanceof Element)) return;
  // A heading cell without a heading says nothing to a screen reader.
  const name = node.localName === "th" && node.textContent?.trim() === "" ? "td" : node.localName;
  if (DROPPED.has(name)) return;
  const attributes = KEPT[name];
  const target = attributes === undefined ? into : into.appendChild(document.createElement(name));
  if (target instanceof Element) for (const attribute of attributes ?? []) keep(node, target, attribute);
  for (const child of node.childNodes) copy(child, target);
}

function keep(from: Element, to: Element, attribute: string): void {
  const value = from.getAttribute(attribute);
  if (value === null) return;
  if (attribute !== "href") {
    to.setAttribute(attribute, value);
    return;
  }
  const href = safeHref(value);
  if (href === null) return;
  to.setAttribute("href", href);
  if (!href.startsWith("#")) {
    to.setAttribute("target", "_blank");
    to.setAttribute("rel", "noopener noreferrer");
  }
}
