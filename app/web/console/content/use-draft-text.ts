import { useCallback, useEffect, useRef, useState } from "react";
import { Problem } from "../api/problem";
import { keep, kept } from "../ui/kept";
import { inWords } from "../ui/problem";
import { discardDraft, saveDraft, undoDraft } from "./draft-api";
import type { ArticleDetail, Draft, Key } from "./types";

/** A save begins when the typing pauses this long, in ms; after a failure the next try comes after AGAIN. */
const PAUSE = 1_000;
const AGAIN = 4_000;

export type SaveState = { kind: "saved" } | { kind: "unsaved" } | { kind: "saving" } | { kind: "offline" } | { kind: "refused"; why: string } | { kind: "conflict"; theirs: Draft };

interface Kept {
  text: string;
  version: number;
}

/** The text that is being written: kept in this browser at each key, on the server at each pause. */
export function useDraftText(key: Key, detail: ArticleDetail, onSaved: () => void) {
  const place = `draft.article.${key.article_id}.${key.locale}`;
  const begin = useRef<ReturnType<typeof opening>>(undefined);
  begin.current ??= opening(place, detail);
  const [text, setText] = useState(begin.current.text);
  const [draft, setDraft] = useState<Draft | null>(detail.draft);
  const [state, setState] = useState<SaveState>(begin.current.state);
  const now = useRef({ text, version: detail.draft?.version ?? 0, busy: false, saved: begin.current.saved });

  const settle = useCallback(
    (next: Draft | null, shown: string, typedMeanwhile: boolean) => {
      setDraft(next);
      now.current.version = next?.version ?? 0;
      now.current.saved = shown;
      if (typedMeanwhile) {
        keep(place, JSON.stringify({ text: now.current.text, version: now.current.version }));
        setState({ kind: "unsaved" });
      } else {
        keep(place, "");
        now.current.text = shown;
        setText(shown);
        setState({ kind: "saved" });
      }
      onSaved();
    },
    [place, onSaved],
  );

  const save = useCallback(
    async (rebase = false) => {
      const { current } = now;
      if (current.busy || (current.text === current.saved && !rebase)) return;
      current.busy = true;
      const sent = current.text;
      setState({ kind: "saving" });
      try {
        const saved = await saveDraft(key, sent, current.version, rebase);
        settle(saved, sent, current.text !== sent);
      } catch (error) {
        setState(refusal(error));
      } finally {
        current.busy = false;
      }
    },
    [key, settle],
  );

  const change = useCallback(
    (next: string) => {
      now.current.text = next;
      setText(next);
      keep(place, JSON.stringify({ text: next, version: now.current.version }));
      setState((before) => (before.kind === "conflict" || before.kind === "saving" ? before : { kind: "unsaved" }));
    },
    [place],
  );

  useEffect(() => {
    if (state.kind !== "unsaved" && state.kind !== "offline") return;
    const timer = setTimeout(() => void save(), state.kind === "offline" ? AGAIN : PAUSE);
    return () => clearTimeout(timer);
  }, [state, text, save]);

  useEffect(() => {
    const again = () => void save();
    addEventListener("online", again);
    return () => removeEventListener("online", again);
  }, [save]);

  const act = async (done: Promise<Draft | null>, fallback: string) => {
    try {
      const next = await done;
      settle(next, next?.text ?? fallback, false);
      return null;
    } catch (error) {
      return inWords(error);
    }
  };

  return {
    text,
    draft,
    state,
    restored: begin.current.restored,
    change,
    save,
    undo: () => act(undoDraft(key, now.current.version), text),
    discard: () => act(discardDraft(key), detail.live?.text ?? text),
    /** After a conflict: mine on top of theirs, or theirs. Both are among the saves. */
    resolve: (keepMine: boolean) => {
      if (state.kind !== "conflict") return;
      now.current.version = state.theirs.version;
      if (keepMine) {
        now.current.saved = state.theirs.text;
        setState({ kind: "unsaved" });
        void save();
      } else settle(state.theirs, state.theirs.text, false);
    },
  };
}

function refusal(error: unknown): SaveState {
  if (!(error instanceof Problem)) return { kind: "refused", why: inWords(error) };
  const theirs = error.extra["draft"];
  if (error.status === 409 && typeof theirs === "object" && theirs !== null) return { kind: "conflict", theirs: theirs as Draft };
  if (error.status === 0 || error.status === 429 || error.status >= 500) return { kind: "offline" };
  return { kind: "refused", why: inWords(error) };
}

/** What the server has, or what this browser kept and the server never got. */
function opening(place: string, detail: ArticleDetail): { text: string; saved: string; restored: boolean; state: SaveState } {
  const server = detail.draft?.text ?? detail.live?.text ?? "";
  const found = readKept(kept(place));
  if (found === null || found.text === server) return { text: server, saved: server, restored: false, state: { kind: "saved" } };
  const stale = found.version !== (detail.draft?.version ?? 0);
  if (stale && detail.draft !== null) return { text: found.text, saved: server, restored: true, state: { kind: "conflict", theirs: detail.draft } };
  return { text: found.text, saved: server, restored: true, state: { kind: "unsaved" } };
}

function readKept(raw: string | null): Kept | null {
  try {
    const found = JSON.parse(raw ?? "null") as Partial<Kept> | null;
    return typeof found?.text === "string" && typeof found.version === "number" ? { text: found.text, version: found.version } : null;
  } catch {
    return null;
  }
}
