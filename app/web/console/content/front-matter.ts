import { parseDocument, Scalar } from "yaml";

const SHAPE = /^---[ \t]*\r?\n([\s\S]*?)\r?\n---[ \t]*(?:\r?\n|$)([\s\S]*)$/;

export interface Fields {
  id: string;
  locale: string;
  title: string;
  topic: string;
  audience: string[];
  questions: string[];
  owner: string;
  reviewed: string;
  review_every: string;
  valid_from: string;
  valid_until: string;
}

export interface Parts {
  fields: Fields;
  body: string;
}

/** The parts of an article's file, or null when they cannot be told apart. */
export function split(text: string): Parts | null {
  const found = SHAPE.exec(text);
  if (found === null) return null;
  const document = parseDocument(found[1] ?? "", { schema: "failsafe" });
  const values: unknown = document.errors.length === 0 ? document.toJS() : null;
  if (typeof values !== "object" || values === null || Array.isArray(values)) return null;
  const given = values as Record<string, unknown>;
  const word = (name: string) => (typeof given[name] === "string" ? given[name] : "");
  const list = (name: string) => (Array.isArray(given[name]) ? given[name].map(String) : word(name) === "" ? [] : [word(name)]);
  return {
    fields: {
      id: word("id"),
      locale: word("locale"),
      title: word("title"),
      topic: word("topic"),
      audience: list("audience"),
      questions: list("questions"),
      owner: word("owner"),
      reviewed: word("reviewed"),
      review_every: word("review_every"),
      valid_from: word("valid_from"),
      valid_until: word("valid_until"),
    },
    body: (found[2] ?? "").replace(/^\r?\n/, ""),
  };
}

/** Words that older readers of YAML take for yes, no or nothing. */
const AMBIGUOUS = /^(?:y|yes|n|no|true|false|on|off|null|~)$/i;

/** The file with one field changed; every other line of it stays as it was written. Empty takes the field away. */
export function withField(text: string, name: keyof Fields, value: string | string[]): string {
  const found = SHAPE.exec(text);
  if (found === null) return text;
  const document = parseDocument(found[1] ?? "");
  if (value.length === 0) document.delete(name);
  else if (typeof value === "string") document.set(name, word(name, value));
  else document.set(name, document.createNode(value.map((one) => word(name, one)), { flow: name === "audience" }));
  const front = document.toString({ lineWidth: 0, flowCollectionPadding: false }).replace(/\n$/, "");
  return `---\n${front}\n---\n${found[2] ?? ""}`;
}

function word(name: keyof Fields, value: string): Scalar {
  const node = new Scalar<string | number>(name === "review_every" && /^\d+$/.test(value) ? Number(value) : value);
  if (AMBIGUOUS.test(value)) node.type = "QUOTE_DOUBLE";
  return node;
}

export function withBody(text: string, body: string): string {
  const found = SHAPE.exec(text);
  if (found === null) return text;
  const front = text.slice(0, text.length - (found[2] ?? "").length);
  return `${front}${/^\r?\n/.test(found[2] ?? "") || found[2] === "" ? "\n" : ""}${body}`;
}
