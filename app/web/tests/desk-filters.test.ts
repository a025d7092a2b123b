import { describe, expect, it } from "vitest";
import { changed, countFilters, readFilters } from "../console/inbox/filters";

describe("filters in the address", () => {
  it("are read as they are known, and nothing else is", () => {
    const read = readFilters({ q: "lamp", priority: 2, audience: "seller", sort: "due", view: "x", topic: { a: 1 }, locale: "" });
    expect(read).toEqual({ q: "lamp", priority: "2", audience: "seller", sort: "due" });
    expect(readFilters({ priority: 9, sort: "worst" })).toEqual({});
  });

  it("count what narrows the list, not the search or the order", () => {
    expect(countFilters({ q: "lamp", sort: "due", queue: "general", reason: "no_knowledge" })).toBe(2);
  });

  it("go when they are emptied", () => {
    expect(changed({ q: "lamp", queue: "general" }, "queue", "")).toEqual({ q: "lamp" });
  });
});
