import { expect, test } from "vitest";
import { parseMarkdown } from "../shared/markdown/block";
import { parseInline, safeHref } from "../shared/markdown/inline";

test("marks of citations are told from links", () => {
  expect(parseInline("Yes [1]. See [here](https://example.com) [12]")).toEqual([
    { kind: "text", text: "Yes " },
    { kind: "cite", number: 1 },
    { kind: "text", text: ". See " },
    { kind: "link", href: "https://example.com", children: [{ kind: "text", text: "here" }] },
    { kind: "text", text: " " },
    { kind: "cite", number: 12 },
  ]);
});

test.each(["javascript:alert(1)", "JaVaScRiPt:alert(1)", "data:text/html,x", "//evil.example", "/\\evil.example", "vbscript:x", "relative"])(
  "%s is no link",
  (href) => {
    expect(safeHref(href)).toBeNull();
    expect(JSON.stringify(parseInline(`[x](${href})`))).not.toContain('"link"');
  },
);

test("HTML stays text", () => {
  expect(parseMarkdown("<img src=x onerror=alert(1)>")).toEqual([
    { kind: "paragraph", children: [{ kind: "text", text: "<img src=x onerror=alert(1)>" }] },
  ]);
});

test("blocks", () => {
  const kinds = parseMarkdown("# Title\n\nText\nmore\n\n3. three\n\n4. four\n\n- a\n- b\n\n| A | B |\n|---|---|\n| 1 | 2 |").map((block) =>
    block.kind === "list" ? `${block.kind} ${block.ordered} ${block.start} ${block.items.length}` : block.kind,
  );
  expect(kinds).toEqual(["heading", "paragraph", "list true 3 2", "list false 1 2", "table"]);
});

test("long hostile text takes no time", () => {
  const before = performance.now();
  for (const piece of ["*", "[", "`", "**a", "|", "- ", "[a](", "\n> "]) parseMarkdown(piece.repeat(4_000 / piece.length));
  expect(performance.now() - before).toBeLessThan(1_500);
});
