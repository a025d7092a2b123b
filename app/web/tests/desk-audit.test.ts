import { expect, test } from "vitest";
import { auditDetail } from "../console/audit/detail";
import { asked, conversationIn, narrowed, readAuditFilters } from "../console/audit/filters";

const ID = "0f8fad5b-d9cb-469f-a165-70867728950e";
const names = { queue: (id: string) => `the ${id} queue`, person: (id: number) => `number ${id}` };
const told = (action: string, detail: Record<string, unknown>) => auditDetail(action, detail, names);

test("an address that anybody wrote narrows by what can be read in it", () => {
  const good = { staff: 0, action: "draft.", from: "2026-02-28", to: "2026-03-01", conversation: ID };
  expect(readAuditFilters(good)).toEqual(good);
  expect(readAuditFilters({ staff: "3", conversation: `https://help.example/desk/inbox/all/${ID.toUpperCase()}?q=x` })).toEqual({ staff: 3, conversation: ID });
  for (const bad of [{ staff: "" }, { staff: -1 }, { staff: "x" }, { staff: 2 ** 31 }, { action: "x; DROP" }, { action: "a".repeat(41) }, { from: "2026-13-01" }, { to: 5 }, { conversation: "none" }, {}]) {
    expect(readAuditFilters(bad), JSON.stringify(bad)).toEqual({});
  }
  expect(narrowed({ staff: 3, from: "2026-01-01" }, { staff: "" })).toEqual({ from: "2026-01-01" });
  expect(conversationIn("0f8fad5b")).toBeNull();
});

test("days are whole days of whoever reads, also where the clock is changed", () => {
  const { since, until } = asked({ from: "2026-03-29", to: "2026-03-29" });
  expect(new Date(since ?? "").toString()).toBe(new Date(2026, 2, 29).toString());
  expect(new Date(until ?? "").toString()).toBe(new Date(2026, 2, 30).toString());
  expect(asked({ to: "2026-12-31" })).toEqual({ until: new Date(2027, 0, 1).toISOString() });
  expect(asked({ staff: 0, action: "staff.", conversation: ID })).toEqual({ staff: 0, action: "staff.", conversation_id: ID });
});

test("an entry says what it changed", () => {
  expect(told("conversation.transferred", { queue: "money", to: null, reason: "a refund" })).toBe("To the money queue: a refund");
  expect(told("conversation.resolved", { bot_right: "na", needed_person: "yes" })).toBe("Was the assistant right? It did not answer · Did this need a person? Yes");
  expect(told("staff.changed", { staff_id: 4, role: "lead", disabled: false })).toBe("number 4: now Lead, enabled");
  expect(told("staff.signed_in", { by: "oidc", address: "24.1.2.3" })).toBe("with a company account, from 24.1.2.3");
  expect(told("availability.changed", { state: "away", max_open: 3, queues: ["money"] })).toBe("Away, at most 3 at once, queues: the money queue");
  expect(told("knowledge.publish_asked", { job: 1, articles: ["a (en)", "b (en)", "c (en)", "d (en)"], at: null })).toBe("a (en), b (en), c (en) and 1 more");
  expect(told("knowledge.publish", { publication: 7, note: "prices", override_reason: "it is right" })).toBe("publication 7 · prices · although the gate said no: it is right");
  expect(told("draft.saved", { article_id: "kettles", locale: "es", version: 3 })).toBe("kettles (es), version 3");
  expect(told("import.accepted", { name: "help.zip", articles: 1 })).toBe("help.zip · 1 article");
  expect(told("conversation.read", {})).toBeNull();
  expect(told("something.new", { x: 1 })).toBeNull();
});
