import { api, ok } from "../api/client";
import type { ArticleRow, BulkAction, Key } from "./types";

export interface Outcome {
  done: ArticleRow[];
  errors: string[];
  job: number | null;
}

export const UNDOABLE = new Set<BulkAction>(["topic", "owner", "reviewed", "discard"]);

/** The same to all; those that could not are told with their reasons. */
export async function change(rows: ArticleRow[], action: BulkAction, value: string | null): Promise<Outcome> {
  const keys = rows.map(keyOf);
  const outcomes = await ok(api.POST("/v1/editor/bulk", { body: { keys, action, ...(value === null ? {} : { value }) } }));
  const done: ArticleRow[] = [];
  const errors: string[] = [];
  outcomes.items.forEach((one, at) => {
    const row = rows[at];
    if (row === undefined) return;
    if (one.done) done.push(row);
    else errors.push(`${row.title}: ${one.error ?? ""}`);
  });
  return { done, errors, job: outcomes.job ?? null };
}

/** Takes a change back: a draft that it began is discarded, an older one goes back a save, a discarded one is saved again. */
export async function takeBack(rows: ArticleRow[], action: BulkAction): Promise<void> {
  for (const row of rows) {
    const path = keyOf(row);
    if (action === "discard") {
      const saves = await ok(api.GET("/v1/editor/drafts/{article_id}/{locale}/saves", { params: { path } }));
      const last = saves.items[0];
      if (last !== undefined) await ok(api.PUT("/v1/editor/drafts/{article_id}/{locale}", { params: { path }, body: { text: last.text, version: 0 } }));
    } else if (row.has_draft) {
      const draft = await ok(api.GET("/v1/editor/drafts/{article_id}/{locale}", { params: { path } }));
      await ok(api.POST("/v1/editor/drafts/{article_id}/{locale}/undo", { params: { path }, body: { version: draft.version } }));
    } else await ok(api.DELETE("/v1/editor/drafts/{article_id}/{locale}", { params: { path } }));
  }
}

function keyOf({ article_id, locale }: Key): Key {
  return { article_id, locale };
}
