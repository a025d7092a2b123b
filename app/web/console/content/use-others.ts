import { useEffect, useState } from "react";
import { tellPresence } from "./draft-api";
import type { Key } from "./types";

const EVERY = 10_000;

/** Who else has the article open. */
export function useOthers(key: Key, writing: boolean): string[] {
  const [others, setOthers] = useState<string[]>([]);
  useEffect(() => {
    let gone = false;
    const tell = () => void tellPresence(key, writing, false).then((names) => gone || setOthers(names), () => undefined);
    tell();
    const timer = setInterval(tell, EVERY);
    return () => {
      gone = true;
      clearInterval(timer);
      void tellPresence(key, false, true).catch(() => undefined);
    };
  }, [key, writing]);
  return others;
}
