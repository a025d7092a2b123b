import { useQuery } from "@tanstack/react-query";
import { type KeyboardEvent, type RefObject, useId, useState } from "react";
import { api, ok } from "../api/client";
import { staffQuery } from "../inbox/queue";
import type { Mode } from "./use-draft";

interface Options {
  id: string;
  locale: string;
  mode: Mode;
  text: string;
  box: RefObject<HTMLTextAreaElement | null>;
  onChange: (text: string) => void;
}

export interface Suggestion {
  key: string;
  title: string;
  detail: string;
  /** What takes the place of the trigger and the words behind it. */
  text: string;
  missing: string[];
}

/** The trigger, where a word may begin, and what was typed behind it. */
const TRIGGERS: Record<Mode, RegExp> = { reply: /(?:^|\s)\/([\p{L}\p{N}_-]*)$/u, note: /(?:^|\s)@([\p{L}\p{N}._-]*)$/u };
const SHOWN = 8;

/** `/` offers saved replies, `@` colleagues; arrows choose, Enter or Tab takes. */
export function useSuggestions({ id, locale, mode, text, box, onChange }: Options) {
  const listId = useId();
  const [word, setWord] = useState<{ from: number; to: number; query: string } | null>(null);
  const [at, setAt] = useState(0);
  const [missing, setMissing] = useState<string[]>([]);
  const path = { conversation_id: id };
  const saved = useQuery({
    queryKey: ["saved", id, locale],
    queryFn: async () =>
      (await ok(api.GET("/v1/conversations/{conversation_id}/saved-replies", { params: { path, query: { locale } } }))).replies,
    enabled: word !== null && mode === "reply",
  });
  const staff = useQuery({ ...staffQuery, enabled: word !== null && mode === "note" });

  const all: Suggestion[] =
    mode === "reply"
      ? (saved.data ?? []).map((one) => ({ key: String(one.id), title: one.title, detail: one.shortcut ? `/${one.shortcut}` : "", text: one.filled, missing: one.missing }))
      : (staff.data ?? []).filter((one) => !one.disabled).map((one) => ({ key: String(one.id), title: one.name, detail: one.email, text: `@${one.email} `, missing: [] }));
  const query = word?.query.toLowerCase() ?? "";
  const found = word === null ? [] : all.filter((one) => `${one.title} ${one.detail}`.toLowerCase().includes(query)).slice(0, SHOWN);
  const chosen = Math.min(at, Math.max(0, found.length - 1));
  const isOpen = word !== null && (found.length > 0 || mode === "reply");

  const close = () => setWord(null);
  const look = () => {
    const field = box.current;
    if (field === null || field.selectionStart !== field.selectionEnd) return close();
    const before = field.value.slice(0, field.selectionStart);
    const match = TRIGGERS[mode].exec(before);
    if (match?.[1] === undefined) return close();
    if (word?.query !== match[1]) setAt(0);
    setWord({ from: before.length - match[1].length - 1, to: before.length, query: match[1] });
  };
  const take = (one: Suggestion) => {
    const { from, to } = word ?? { from: text.length, to: text.length };
    onChange(text.slice(0, from) + one.text + text.slice(to));
    setMissing(one.missing);
    close();
    const caret = from + one.text.length;
    requestAnimationFrame(() => {
      box.current?.focus();
      box.current?.setSelectionRange(caret, caret);
    });
  };
  const open = () => {
    const end = box.current?.selectionStart ?? text.length;
    setAt(0);
    setWord({ from: end, to: end, query: "" });
    box.current?.focus();
  };
  /** Whether the list took the key. */
  const onKey = (event: KeyboardEvent): boolean => {
    if (!isOpen) return false;
    if (event.key === "Escape") {
      close();
      event.preventDefault();
      return true;
    }
    const one = found[chosen];
    if (one === undefined) return false;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      setAt((chosen + (event.key === "ArrowDown" ? 1 : found.length - 1)) % found.length);
    } else if ((event.key === "Enter" && !event.ctrlKey && !event.metaKey) || event.key === "Tab") take(one);
    else return false;
    event.preventDefault();
    return true;
  };
  const filled = /\{\{\s*\w+\s*\}\}/.test(text) ? missing : [];
  return {
    mode,
    listId,
    isOpen,
    loading: mode === "reply" ? saved.isPending : staff.isPending,
    any: all.length > 0,
    found,
    chosen,
    missing: filled,
    aria: {
      "aria-autocomplete": "list" as const,
      "aria-controls": isOpen ? listId : undefined,
      "aria-activedescendant": isOpen && found.length > 0 ? `${listId}-${chosen}` : undefined,
    },
    look,
    take,
    open,
    close,
    onKey,
  };
}

export type Suggestions = ReturnType<typeof useSuggestions>;
