import type { components } from "../api/schema";

type Schemas = components["schemas"];

export type ArticleRow = Schemas["ArticleRow"];
export type ArticleDetail = Schemas["ArticleDetail"];
export type ArticleStatus = ArticleRow["status"];
export type Draft = Schemas["Draft"];
export type Save = Schemas["Save"];
export type Comment = Schemas["Comment"];
export type Job = Schemas["Job"];
export type Publication = Schemas["PublicationView"];
export type BulkAction = Schemas["BulkChange"]["action"];

export interface Key {
  article_id: string;
  locale: string;
}

export const named = (key: Key) => `${key.article_id}/${key.locale}`;

export type Finding = Schemas["Finding"];
export type Gap = Schemas["Gap"];

/** One side of a change that the gate found. */
export interface Said {
  outcome: string;
  text: string;
  confidence: number;
  citations: { title: string; article_id: string }[];
}

export interface Change {
  question: string;
  audience: string;
  locale: string;
  source: string;
  kind: string;
  article_id: string;
  why: string;
  before: Said;
  after: Said;
}

/** What a job's `gate` holds: it is kept as it was found, so the API does not type it. */
export interface GateReport {
  considered: number;
  checked: number;
  regressions: Change[];
  improvements: Change[];
  blocked: boolean;
}
export type ImportShown = Schemas["ImportShown"];
