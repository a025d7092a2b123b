import type { ArticleStatus } from "./types";

/** What narrows the list of articles, as it stands in the address. */
export interface Filters {
  query?: string;
  status?: ArticleStatus;
  topic?: string;
  audience?: string;
  locale?: string;
  owner?: string;
  overdue?: true;
  sort?: Sort;
}

export const SORTS = ["title", "updated", "review_due", "cited", "helpful", "unhelpful", "handed_off"] as const;
export type Sort = (typeof SORTS)[number];
export const STATUSES = ["live", "draft", "changed", "in_review", "approved", "scheduled", "removed"] as const;
const TEXTS = ["query", "topic", "audience", "locale", "owner"] as const;

/** Reads an address that anybody may have written. */
export function readFilters(search: Record<string, unknown>): Filters {
  const filters: Filters = {};
  for (const name of TEXTS) {
    const value = search[name];
    if ((typeof value === "string" && value !== "") || typeof value === "number") filters[name] = String(value).slice(0, 200);
  }
  const status = STATUSES.find((one) => one === search["status"]);
  if (status !== undefined) filters.status = status;
  const sort = SORTS.find((one) => one === search["sort"]);
  if (sort !== undefined) filters.sort = sort;
  if (search["overdue"] === true) filters.overdue = true;
  return filters;
}

/** The same with one field changed; an empty value takes it out. */
export function changed<K extends keyof Filters>(filters: Filters, name: K, value: Filters[K] | "" | null): Filters {
  const next = { ...filters };
  if (value === "" || value === null || value === undefined) delete next[name];
  else next[name] = value;
  return next;
}
