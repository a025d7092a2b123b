import { useEffect, useRef, useState } from "react";
import { api, ok } from "../api/client";
import { path } from "./data";
import type { Key } from "./types";

const EVERY = 15_000;

/** Who else has the article open. Says so for this page as well, and once more when it is closed. */
export function usePresence(at: Key, writing: boolean): string[] {
  const [others, setOthers] = useState<string[]>([]);
  const busy = useRef(writing);
  busy.current = writing;
  useEffect(() => {
    const say = (gone: boolean) => ok(api.POST("/v1/editor/drafts/{article_id}/{locale}/presence", { ...path(at), body: { writing: busy.current, gone } }));
    const look = () => {
      if (document.hidden) return;
      say(false).then((found) => setOthers(found.others)).catch(() => setOthers([]));
    };
    look();
    const timer = setInterval(look, EVERY);
    return () => {
      clearInterval(timer);
      say(true).catch(() => undefined);
    };
    // The key is made anew with each render; its parts are what counts.
  }, [at.article_id, at.locale]);
  return others;
}
