const TEXTS = ["q", "topic", "locale", "owner"] as const;
export const STATUSES = ["live", "draft", "changed", "in_review", "approved", "scheduled", "removed"] as const;
export const SORTS = ["title", "updated", "review_due", "cited", "helpful", "unhelpful", "handed_off"] as const;
export const AUDIENCES = ["buyer", "seller", "agent"] as const;

/** What narrows the list of articles, as it stands in the address. */
export interface ArticleFilters {
  q?: string;
  topic?: string;
  locale?: string;
  owner?: string;
  status?: (typeof STATUSES)[number];
  audience?: (typeof AUDIENCES)[number];
  sort?: (typeof SORTS)[number];
  overdue?: true;
}

/** Reads an address that anybody may have written. */
export function readArticleFilters(search: Record<string, unknown>): ArticleFilters {
  const filters: ArticleFilters = {};
  for (const name of TEXTS) {
    const value = search[name];
    if (typeof value === "string" && value !== "") filters[name] = value;
    else if (typeof value === "number") filters[name] = String(value);
  }
  const status = STATUSES.find((one) => one === search["status"]);
  const audience = AUDIENCES.find((one) => one === search["audience"]);
  const sort = SORTS.find((one) => one === search["sort"]);
  if (status !== undefined) filters.status = status;
  if (audience !== undefined) filters.audience = audience;
  if (sort !== undefined) filters.sort = sort;
  if (search["overdue"] === true) filters.overdue = true;
  return filters;
}

/** The same with some fields changed; an empty value takes its field out. */
export function narrowed(filters: ArticleFilters, changes: Record<string, unknown>): ArticleFilters {
  return readArticleFilters({ ...filters, ...changes });
}

export function isNarrowed(filters: ArticleFilters): boolean {
  return Object.keys(filters).some((name) => name !== "sort");
}
