/** What narrows the audit trail, as it stands in the address. Days are those of whoever reads. */
export interface AuditFilters {
  staff?: number;
  action?: string;
  from?: string;
  to?: string;
  conversation?: string;
}

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const ID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/i;
const LONGEST_ACTION = 40;

/** Reads an address that anybody may have written. */
export function readAuditFilters(search: Record<string, unknown>): AuditFilters {
  const filters: AuditFilters = {};
  const staff = Number(search["staff"] ?? Number.NaN);
  if (search["staff"] !== "" && Number.isSafeInteger(staff) && staff >= 0 && staff < 2 ** 31) filters.staff = staff;
  const { action, from, to } = search;
  if (typeof action === "string" && /^[a-z_.]+$/.test(action) && action.length <= LONGEST_ACTION) filters.action = action;
  if (isDay(from)) filters.from = from;
  if (isDay(to)) filters.to = to;
  const conversation = conversationIn(String(search["conversation"] ?? ""));
  if (conversation !== null) filters.conversation = conversation;
  return filters;
}

/** The same with some fields changed; an empty value takes its field out. */
export function narrowed(filters: AuditFilters, changes: Record<string, unknown>): AuditFilters {
  return readAuditFilters({ ...filters, ...changes });
}

/** The number of a conversation, also out of the address of its page; null when there is none in it. */
export function conversationIn(text: string): string | null {
  return ID.exec(text)?.[0].toLowerCase() ?? null;
}

/** What the server is asked for: whole days become moments. */
export function asked({ staff, action, from, to, conversation }: AuditFilters) {
  return {
    ...(staff === undefined ? {} : { staff }),
    ...(action === undefined ? {} : { action }),
    ...(conversation === undefined ? {} : { conversation_id: conversation }),
    ...(from === undefined ? {} : { since: midnight(from, 0) }),
    ...(to === undefined ? {} : { until: midnight(to, 1) }),
  };
}

function midnight(day: string, later: number): string {
  const [year = 0, month = 1, date = 1] = day.split("-").map(Number);
  return new Date(year, month - 1, date + later).toISOString();
}

function isDay(value: unknown): value is string {
  return typeof value === "string" && DAY.test(value) && !Number.isNaN(Date.parse(value));
}
