/** What narrows the list, as it stands in the address. */
export interface Filters {
  q?: string;
  queue?: string;
  topic?: string;
  audience?: string;
  locale?: string;
  reason?: string;
  priority?: string;
  sort?: Sort;
}

export const SORTS = ["take", "due", "oldest", "newest", "updated"] as const;
export type Sort = (typeof SORTS)[number];
const TEXTS = ["q", "queue", "topic", "audience", "locale", "reason"] as const;
export const NARROWING = ["queue", "topic", "audience", "locale", "reason", "priority"] as const;

/** Reads an address that anybody may have written. */
export function readFilters(search: Record<string, unknown>): Filters {
  const filters: Filters = {};
  for (const name of TEXTS) {
    const value = search[name];
    if (typeof value === "string" && value !== "") filters[name] = value;
    else if (typeof value === "number") filters[name] = String(value);
  }
  const priority = String(search["priority"] ?? "");
  if (/^[1-5]$/.test(priority)) filters.priority = priority;
  const sort = SORTS.find((one) => one === search["sort"]);
  if (sort !== undefined) filters.sort = sort;
  return filters;
}

/** How many filters narrow the list; the search and the order are seen by themselves. */
export function countFilters(filters: Filters): number {
  return NARROWING.filter((name) => filters[name] !== undefined).length;
}

/** The same with one field changed; an empty value takes it out. */
export function changed<K extends keyof Filters>(filters: Filters, name: K, value: Filters[K] | "" | null): Filters {
  const next = { ...filters };
  if (value === "" || value === null || value === undefined) delete next[name];
  else next[name] = value;
  return next;
}
