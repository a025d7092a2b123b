import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { countsQuery, listQuery } from "../inbox/queue";
import { words } from "../words/words";
import { isOn, ring } from "./alerts";

/** Rings when somebody new waits or a visitor of mine wrote; the tab's title counts both. */
export function useAlerts(): void {
  const counts = useQuery(countsQuery).data;
  const mine = useInfiniteQuery(listQuery("mine", {})).data?.pages.flatMap((page) => page.items);
  const waiting = counts === undefined ? null : Object.values(counts.by_queue).reduce((sum, one) => sum + one, 0);
  // The last word of each of my conversations, while it is the visitor's.
  const wrote = mine?.filter((item) => item.visitor_waiting).map((item) => `${item.conversation_id}:${item.last_seq}`) ?? null;

  const before = useRef<{ waiting: number; wrote: Set<string> } | null>(null);
  useEffect(() => {
    if (waiting === null || wrote === null) return;
    const known = before.current;
    before.current = { waiting, wrote: new Set(wrote) };
    if (known === null) return;
    if (waiting > known.waiting || wrote.some((one) => !known.wrote.has(one))) ring();
  });

  const number = (waiting ?? 0) + (wrote?.length ?? 0);
  useEffect(() => {
    const show = () => {
      document.title = number > 0 && isOn("title") ? `(${number}) ${words.desk}` : words.desk;
    };
    show();
    addEventListener("baton.alerts", show);
    return () => removeEventListener("baton.alerts", show);
  }, [number]);
}
