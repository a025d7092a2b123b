import { isSeq, parseDocument, type Document } from "yaml";

const FENCED = /^---[ \t]*\r?\n([\s\S]*?)^---[ \t]*\r?\n?/m;
export const TEXT_FIELDS = ["title", "topic", "owner", "reviewed", "review_every", "valid_from", "valid_until"] as const;
export type TextField = (typeof TEXT_FIELDS)[number];

export interface FrontMatter {
  fields: Record<TextField, string>;
  audience: string[];
  questions: string[];
  kind: string;
}

interface Parts {
  front: string;
  body: string;
}

/** The front matter between its fences, and all behind them; null when there is none at the beginning. */
export function split(text: string): Parts | null {
  const found = FENCED.exec(text);
  return found === null || found.index !== 0 ? null : { front: found[1] ?? "", body: text.slice(found[0].length) };
}

/** How many lines stand before the body. */
export function linesBefore(text: string): number {
  const found = FENCED.exec(text);
  return found === null || found.index !== 0 ? 0 : found[0].split("\n").length - 1;
}

export function withBody(text: string, body: string): string {
  const parts = split(text);
  return parts === null ? body : text.slice(0, text.length - parts.body.length) + body;
}

/** What the form shows; null when it cannot be read as YAML. */
export function readFront(text: string): FrontMatter | null {
  const doc = open(text);
  if (doc === null) return null;
  const value = (name: string) => {
    const found: unknown = doc.get(name);
    return found === undefined || found === null ? "" : String(found);
  };
  return {
    fields: Object.fromEntries(TEXT_FIELDS.map((name) => [name, value(name)])) as Record<TextField, string>,
    audience: list(doc, "audience"),
    questions: list(doc, "questions"),
    kind: value("kind"),
  };
}

/** The text with one field of its front matter changed; an empty value takes it out. All else stays as it was written. */
export function withField(text: string, name: string, value: string | string[]): string {
  const doc = open(text);
  if (doc === null) return text;
  if (value.length === 0) doc.delete(name);
  else if (Array.isArray(value)) {
    const node = doc.createNode(value, { flow: name === "audience" });
    doc.set(name, node);
  } else doc.set(name, name === "review_every" && /^\d+$/.test(value) ? Number(value) : value);
  const front = doc.toString({ lineWidth: 0, flowCollectionPadding: false });
  return `---\n${front.endsWith("\n") ? front : `${front}\n`}---\n${split(text)?.body ?? ""}`;
}

function open(text: string): Document | null {
  const parts = split(text);
  if (parts === null) return null;
  const doc = parseDocument(parts.front, { schema: "core" });
  return doc.errors.length > 0 || typeof doc.toJS() !== "object" || doc.toJS() === null ? null : doc;
}

function list(doc: Document, name: string): string[] {
  const node: unknown = doc.get(name);
  if (isSeq(node)) return (node.toJSON() as unknown[]).map(String);
  return typeof node === "string" && node !== "" ? [node] : [];
}

/** A new article's file; the server gives it an id. */
export function newArticle(title: string): string {
  return `---\nid: ${slug(title)}\ntitle: ${JSON.stringify(title)}\nkind: faq\naudience: [buyer, seller]\nlocale: en\ntopic: general\n---\n\nWrite the answer here.\n`;
}

export function slug(title: string): string {
  const plain = title.normalize("NFKD").replace(/[^\w\s-]/g, "").trim().toLowerCase();
  return plain.replace(/[\s_-]+/g, "-").slice(0, 60).replace(/-$/, "") || `article-${Date.now().toString(36)}`;
}
