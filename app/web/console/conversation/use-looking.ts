import { useEffect, useRef } from "react";
import { api, ok } from "../api/client";
import type { Looking } from "../api/types";
import { setLooking } from "../inbox/presence";

const EVERY = 15_000;

/** Tells colleagues that I have this open, and whether I am writing; learns who else has. */
export function useTellLooking(id: string, writing: boolean): void {
  const latest = useRef(writing);
  const path = { conversation_id: id };
  const tell = async (body: { writing?: boolean; gone?: boolean }, keepalive = false) => {
    try {
      const { looking } = await ok(api.POST("/v1/conversations/{conversation_id}/looking", { params: { path }, body, keepalive }));
      if (body.gone !== true) setLooking(id, looking as Looking[]);
    } catch {
      // Only a courtesy: the next one comes in a moment.
    }
  };
  useEffect(() => {
    latest.current = writing;
    if (document.visibilityState === "visible") void tell({ writing });
  }, [id, writing]);
  useEffect(() => {
    const timer = setInterval(() => {
      if (document.visibilityState === "visible") void tell({ writing: latest.current });
    }, EVERY);
    const leave = () => void tell({ gone: true }, true);
    const look = () => void (document.visibilityState === "visible" ? tell({ writing: latest.current }) : leave());
    document.addEventListener("visibilitychange", look);
    addEventListener("pagehide", leave);
    return () => {
      clearInterval(timer);
      document.removeEventListener("visibilitychange", look);
      removeEventListener("pagehide", leave);
      leave();
    };
  }, [id]);
}
