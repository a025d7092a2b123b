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
export type GateReport = Schemas["GateReport"];
export type Change = Schemas["Change"];
export type ImportShown = Schemas["ImportShown"];
