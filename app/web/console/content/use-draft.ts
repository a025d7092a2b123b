import { useCallback, useEffect, useRef, useState } from "react";
import { api, ok } from "../api/client";
import { Problem } from "../api/problem";
import { keep, kept } from "../ui/kept";
import { path, refresh } from "./data";
import type { ArticleDetail, Draft, Key } from "./types";

const PAUSE = 1_200;
const RETRY = 5_000;

export type Saving = "saved" | "unsaved" | "saving" | "offline";

export interface Editing {
  text: string;
  version: number;
  draft: Draft | null;
  saving: Saving;
  /** Text of last time that had not reached the server. */
  restored: boolean;
  /** What somebody else saved meanwhile. */
  theirs: Draft | null;
  problem: Problem | null;
  change: (text: string) => void;
  /** Saves at once; true when all of it is on the server. */
  flush: () => Promise<boolean>;
  settle: (mine: boolean) => void;
  adopt: (draft: Draft | null, text: string) => void;
}

interface Kept {
  text: string;
  version: number;
}

function keptText(place: string): Kept | null {
  try {
    const found: unknown = JSON.parse(kept(place) ?? "null");
    if (typeof found !== "object" || found === null) return null;
    const { text, version } = found as Partial<Kept>;
    return typeof text === "string" && typeof version === "number" ? { text, version } : null;
  } catch {
    return null;
  }
}

/** A draft that saves itself: what is typed is kept here at once, and on the server when the typing pauses. */
export function useDraft(key: Key, detail: ArticleDetail): Editing {
  const place = `draft.article.${key.article_id}/${key.locale}`;
  const [draft, setDraft] = useState(detail.draft);
  const [start] = useState(() => ({ server: detail.draft?.text ?? detail.live?.text ?? "", local: keptText(place) }));
  const restored = start.local !== null && start.local.text !== start.server;
  const [text, setText] = useState(restored ? (start.local?.text ?? "") : start.server);
  const [saving, setSaving] = useState<Saving>(restored ? "unsaved" : "saved");
  const [theirs, setTheirs] = useState<Draft | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  // What the next save must know, also between two renders.
  const now = useRef({ text, version: restored ? (start.local?.version ?? 0) : (detail.draft?.version ?? 0), busy: null as Promise<boolean> | null, held: false });
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);

  const send = useCallback(async (): Promise<boolean> => {
    clearTimeout(timer.current);
    const sent = now.current.text;
    setSaving("saving");
    try {
      const saved = await ok(api.PUT("/v1/editor/drafts/{article_id}/{locale}", { ...path(key), body: { text: sent, version: now.current.version } }));
      now.current.version = saved.version;
      setDraft(saved);
      setProblem(null);
      if (now.current.text !== sent) {
        setSaving("unsaved");
        timer.current = setTimeout(() => void begin(), PAUSE);
        return false;
      }
      keep(place, "");
      setSaving("saved");
      refresh();
      return true;
    } catch (error) {
      const refused = error instanceof Problem ? error : new Problem(0, "network", String(error));
      const other = refused.status === 409 ? (refused.extra["draft"] as Draft | undefined) : undefined;
      if (other !== undefined) {
        now.current.held = true;
        setTheirs(other);
        setSaving("unsaved");
      } else if (refused.status === 0 || refused.status === 429 || refused.status >= 500) {
        setSaving("offline");
        timer.current = setTimeout(() => void begin(), RETRY);
      } else {
        setProblem(refused);
        setSaving("unsaved");
      }
      return false;
    }
    function begin(): Promise<boolean> {
      return save();
    }
    // eslint-disable-next-line
  }, [key.article_id, key.locale]);

  const save = useCallback((): Promise<boolean> => {
    now.current.busy ??= send().finally(() => {
      now.current.busy = null;
    });
    return now.current.busy;
  }, [send]);

  const change = (next: string) => {
    if (next === now.current.text) return;
    now.current.text = next;
    setText(next);
    keep(place, JSON.stringify({ text: next, version: now.current.version }));
    if (now.current.held) return;
    setSaving((before) => (before === "offline" ? before : "unsaved"));
    clearTimeout(timer.current);
    timer.current = setTimeout(() => void save(), PAUSE);
  };

  const flush = async (): Promise<boolean> => {
    if (now.current.busy !== null) await now.current.busy;
    return keptText(place) === null && saving === "saved" ? true : await save();
  };

  const adopt = (next: Draft | null, words: string) => {
    clearTimeout(timer.current);
    now.current = { ...now.current, text: words, version: next?.version ?? 0, held: false };
    keep(place, "");
    setDraft(next);
    setText(words);
    setTheirs(null);
    setProblem(null);
    setSaving("saved");
    refresh();
  };

  const settle = (mine: boolean) => {
    if (theirs === null) return;
    if (!mine) return adopt(theirs, theirs.text);
    now.current.version = theirs.version;
    now.current.held = false;
    setTheirs(null);
    void save();
  };

  useEffect(() => {
    if (restored) void save();
    const leaving = (event: BeforeUnloadEvent) => {
      if (keptText(place) !== null) event.preventDefault();
    };
    addEventListener("beforeunload", leaving);
    return () => {
      removeEventListener("beforeunload", leaving);
      clearTimeout(timer.current);
      // Going to another page saves what the pause has not yet.
      if (keptText(place) !== null && !now.current.held) void save();
    };
    // eslint-disable-next-line
  }, []);

  return { text, version: now.current.version, draft, saving, restored, theirs, problem, change, flush, settle, adopt };
}
