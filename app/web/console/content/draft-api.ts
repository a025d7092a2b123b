import { api, ok } from "../api/client";
import type { Draft, Key } from "./types";

const DRAFT = "/v1/editor/drafts/{article_id}/{locale}";
const at = ({ article_id, locale }: Key) => ({ path: { article_id, locale } });

export function saveDraft(key: Key, text: string, version: number, rebase: boolean): Promise<Draft> {
  return ok(api.PUT(DRAFT, { params: at(key), body: { text, version, rebase } }));
}

export function undoDraft(key: Key, version: number): Promise<Draft> {
  return ok(api.POST(`${DRAFT}/undo`, { params: at(key), body: { version } }));
}

export async function discardDraft(key: Key): Promise<null> {
  await ok(api.DELETE(DRAFT, { params: at(key) }));
  return null;
}

export function review(key: Key, action: "request" | "approve" | "reject", comment: string, version: number): Promise<Draft> {
  return ok(api.POST(`${DRAFT}/review`, { params: at(key), body: { action, comment, version } }));
}

export async function tellPresence(key: Key, writing: boolean, gone: boolean): Promise<string[]> {
  return (await ok(api.POST(`${DRAFT}/presence`, { params: at(key), body: { writing, gone } }))).others;
}
