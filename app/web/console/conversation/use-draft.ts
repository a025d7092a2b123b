import { useState } from "react";
import { keep, kept } from "../ui/kept";

export type Mode = "reply" | "note";

/** What is being written, kept in this browser until it was sent. */
export function useDraft(id: string) {
  const key = (mode: Mode) => `draft.${mode}.${id}`;
  const [drafts, setDrafts] = useState<Record<Mode, string>>(() => ({ reply: kept(key("reply")) ?? "", note: kept(key("note")) ?? "" }));
  const change = (mode: Mode, text: string) => {
    setDrafts((before) => ({ ...before, [mode]: text }));
    keep(key(mode), text);
  };
  return { drafts, change };
}
