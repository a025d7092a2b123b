import type { components } from "../api/schema";

type Schemas = components["schemas"];

export type ArticleRow = Schemas["ArticleRow"];
export type ArticleDetail = Schemas["ArticleDetail"];
export type Draft = Schemas["Draft"];
export type Finding = Schemas["Finding"];
export type LiveFinding = Schemas["LiveFinding"];
export type Decision = Schemas["Decision"];
export type Gap = Schemas["Gap"];
export type Job = Schemas["Job"];
export type PublicationView = Schemas["PublicationView"];
export type ImportItem = Schemas["ImportItem"];
export type ImportJob = Schemas["ImportJob"];
export type BulkAction = Schemas["BulkChange"]["action"];

/** An article's id and language. */
export interface Key {
  article_id: string;
  locale: string;
}

export function keyText(key: Key): string {
  return `${key.article_id}/${key.locale}`;
}

/** What the assistant says on one side of an edit. */
export interface Side {
  outcome: string;
  text: string;
  citations?: { article_id: string; title: string; quote: string }[];
  confidence: number;
}

export interface Change {
  question: string;
  audience: string;
  locale: string;
  source: string;
  kind: string;
  article_id: string;
  why: string;
  before: Side;
  after: Side;
}

/** A job carries it as plain JSON. */
export interface GateReport {
  considered: number;
  checked: number;
  regressions: Change[];
  improvements: Change[];
  blocked: boolean;
}
