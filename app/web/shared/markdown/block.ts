import { type Inline, parseInline } from "./inline";

export type Block =
  | { kind: "paragraph" | "heading"; children: Inline[] }
  | { kind: "list"; ordered: boolean; start: number; items: Inline[][] }
  | { kind: "table"; head: Inline[][]; rows: Inline[][][] };

const ITEM = /^\s{0,6}(?:([-*+])|(\d{1,3})[.)])\s+(.*)$/;
const HEADING = /^#{1,6}\s+(.*?)\s*#*$/;
const RULE = /^\s*\|?\s*:?-{2,}:?\s*(\|\s*:?-{2,}:?\s*)*\|?\s*$/;

/** The little Markdown that answers are written in: paragraphs, lists, tables, headings. */
export function parseMarkdown(source: string): Block[] {
  const lines = source.replace(/\r\n?/g, "\n").split("\n");
  const blocks: Block[] = [];
  let at = 0;
  while (at < lines.length) {
    const line = lines[at] ?? "";
    const heading = HEADING.exec(line);
    if (line.trim() === "") at += 1;
    else if (heading !== null) {
      blocks.push({ kind: "heading", children: parseInline(heading[1] ?? "") });
      at += 1;
    } else if (line.includes("|") && RULE.test(lines[at + 1] ?? "")) at = table(lines, at, blocks);
    else if (ITEM.test(line)) at = list(lines, at, blocks);
    else at = paragraph(lines, at, blocks);
  }
  return blocks;
}

function paragraph(lines: string[], from: number, blocks: Block[]): number {
  let at = from;
  const text: string[] = [];
  do {
    text.push((lines[at] ?? "").replace(/^\s*>\s?/, "").trimEnd());
    at += 1;
  } while (at < lines.length && continues(lines[at] ?? ""));
  blocks.push({ kind: "paragraph", children: parseInline(text.join("\n")) });
  return at;
}

function continues(line: string): boolean {
  return line.trim() !== "" && !ITEM.test(line) && !HEADING.test(line);
}

function list(lines: string[], from: number, blocks: Block[]): number {
  const first = ITEM.exec(lines[from] ?? "");
  const ordered = first?.[2] !== undefined;
  const items: string[] = [];
  let at = from;
  for (; at < lines.length; at += 1) {
    const line = lines[at] ?? "";
    const item = ITEM.exec(line);
    if (item !== null) {
      if ((item[2] !== undefined) !== ordered) break;
      items.push(item[3] ?? "");
    } else if (line.trim() === "") {
      // A blank line between items is still the same list.
      const next = ITEM.exec(lines[at + 1] ?? "");
      if (next === null || (next[2] !== undefined) !== ordered) break;
    } else if (continues(line)) items.push(`${items.pop() ?? ""}\n${line.trim()}`);
    else break;
  }
  const start = Number(first?.[2] ?? 1);
  blocks.push({ kind: "list", ordered, start, items: items.map((item) => parseInline(item)) });
  return at;
}

function table(lines: string[], from: number, blocks: Block[]): number {
  let at = from + 2;
  const rows: Inline[][][] = [];
  for (; at < lines.length && (lines[at] ?? "").includes("|"); at += 1) rows.push(cells(lines[at] ?? ""));
  blocks.push({ kind: "table", head: cells(lines[from] ?? ""), rows });
  return at;
}

function cells(line: string): Inline[][] {
  const inner = line.trim().replace(/^\|/, "").replace(/\|$/, "");
  return inner.split("|").map((cell) => parseInline(cell.trim()));
}
