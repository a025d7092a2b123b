import { useEffect, useRef, useState } from "react";
import { api, ok } from "../api/client";
import { type NewerReply, Problem } from "../api/problem";
import type { Mode } from "./use-draft";

interface Options {
  id: string;
  fence: number | null;
  lastSeq: number;
  onClaimLost: (error: unknown) => void;
  onSent: (mode: Mode) => void;
}

/** Sends a reply or a note: once, whatever the network does, and never over somebody else's words. */
export function useSend({ id, fence, lastSeq, onClaimLost, onSent }: Options) {
  const [busy, setBusy] = useState(false);
  const [newer, setNewer] = useState<NewerReply | null>(null);
  const [unknown, setUnknown] = useState<string[]>([]);
  // The same text keeps its id until it was taken: sending it twice does no harm.
  const sending = useRef<{ text: string; id: string } | null>(null);
  const refused = useRef("");
  const path = { conversation_id: id };
  // What was on the screen while the text was written, not what came in the same moment.
  const shown = useRef(lastSeq);
  useEffect(() => {
    const timer = setTimeout(() => {
      shown.current = lastSeq;
    }, 500);
    return () => clearTimeout(timer);
  }, [lastSeq]);

  const reply = async (text: string, seen: number) => {
    if (fence === null) return;
    if (sending.current?.text !== text) sending.current = { text, id: crypto.getRandomValues(new Uint32Array(4)).join("-") };
    const body = { text, fence, client_id: sending.current.id, last_seq: seen };
    await ok(api.POST("/v1/conversations/{conversation_id}/reply", { params: { path }, body }));
    sending.current = null;
    setNewer(null);
  };
  const note = async (text: string) => {
    const written = await ok(api.POST("/v1/conversations/{conversation_id}/note", { params: { path }, body: { text } }));
    setUnknown(written.unknown ?? []);
  };
  const send = async (mode: Mode, text: string, seen = shown.current) => {
    if (busy) return;
    setBusy(true);
    setUnknown([]);
    try {
      await (mode === "note" ? note(text) : reply(text, seen));
      onSent(mode);
    } catch (error) {
      const other = error instanceof Problem ? error.newer : null;
      refused.current = text;
      setNewer(other);
      onClaimLost(error);
    } finally {
      setBusy(false);
    }
  };
  return {
    busy,
    newer,
    unknown,
    send: (mode: Mode, text: string) => void send(mode, text),
    sendAnyway: () => void send("reply", refused.current, newer?.seq ?? lastSeq),
    dismiss: () => setNewer(null),
  };
}
