import { useEffect } from "react";
import { api, ok } from "../api/client";

/** The visitor's side shows somebody writing for 6 s after it was last told. */
const TELL_EVERY = 3_000;

/** Tells the visitor that the holder of the conversation writes to them. */
export function useTellTyping(id: string, writing: boolean): void {
  useEffect(() => {
    if (!writing) return;
    const path = { conversation_id: id };
    const tell = () => void ok(api.POST("/v1/conversations/{conversation_id}/typing", { params: { path } })).catch(() => undefined);
    tell();
    const timer = setInterval(tell, TELL_EVERY);
    return () => clearInterval(timer);
  }, [id, writing]);
}
