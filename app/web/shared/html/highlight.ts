/** Where a letter of the flattened text came from. */
interface Place {
  node: Text;
  offset: number;
}

/** Marks the quoted words in an article, across elements; gives the first mark, or null when they are not there. */
export function highlight(root: Node, quote: string): HTMLElement | null {
  const { text, places } = flatten(root);
  for (const wanted of candidates(quote)) {
    const at = text.indexOf(wanted);
    if (at >= 0) return mark(places.slice(at, at + wanted.length));
  }
  return null;
}

/** The whole quote first; then its longest sentences, for quotes that were put together or trimmed. */
function candidates(quote: string): string[] {
  const sentences = quote
    .split(/(?<=[.!?])\s+|\n+/)
    .map(letters)
    .filter((sentence) => sentence.length >= 12)
    .sort((a, b) => b.length - a.length);
  return [letters(quote), ...sentences].filter((candidate) => candidate !== "");
}

/** Only letters and digits count: spacing, list marks and Markdown differ between a chunk and its page. */
function letters(text: string): string {
  return text
    .replace(/\]\([^)]*\)/g, "")
    .replace(/^\s*\d{1,3}[.)]\s+/gm, "")
    .replace(/[\u{10000}-\u{10ffff}]/gu, "")
    .replace(/[^\p{L}\p{N}]+/gu, "")
    .toLowerCase();
}

function flatten(root: Node): { text: string; places: Place[] } {
  const places: Place[] = [];
  let text = "";
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    if (!(node instanceof Text)) continue;
    for (let offset = 0; offset < node.data.length; offset += 1) {
      const letter = letters(node.data.charAt(offset));
      for (let unit = 0; unit < letter.length; unit += 1) places.push({ node, offset });
      text += letter;
    }
  }
  return { text, places };
}

function mark(places: Place[]): HTMLElement | null {
  const spans = new Map<Text, { from: number; to: number }>();
  for (const { node, offset } of places) {
    const span = spans.get(node);
    if (span === undefined) spans.set(node, { from: offset, to: offset + 1 });
    else span.to = offset + 1;
  }
  const end = places.at(-1);
  const last = end === undefined ? undefined : spans.get(end.node);
  if (end !== undefined && last !== undefined) last.to += /^\p{P}*/u.exec(end.node.data.slice(last.to))?.[0].length ?? 0;
  let first: HTMLElement | null = null;
  for (const [node, { from, to }] of spans) {
    const range = document.createRange();
    range.setStart(node, from);
    range.setEnd(node, to);
    const element = document.createElement("mark");
    range.surroundContents(element);
    first ??= element;
  }
  return first;
}
