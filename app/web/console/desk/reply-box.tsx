import type { RefObject } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { inWords } from "../ui/words";

export type ReplyMode = "reply" | "note";

interface Props {
  id: string;
  box: RefObject<HTMLTextAreaElement | null>;
  mode: ReplyMode;
  onMode: (mode: ReplyMode) => void;
  mayReply: boolean;
  suggested: { text: string } | null;
  /** False when it was refused: the text then stays. */
  onReply: (text: string, clientId: string) => Promise<boolean>;
  onNote: (text: string) => Promise<unknown>;
}

const NAMES: [ReplyMode, string][] = [
  ["reply", "Reply"],
  ["note", "Internal note"],
];

export function ReplyBox({ id, box, mode, onMode, mayReply, suggested, onReply, onNote }: Props) {
  const [drafts, setDrafts] = useState<Record<ReplyMode, string>>(() => ({ reply: stored(id, "reply"), note: stored(id, "note") }));
  const [busy, setBusy] = useState<ReplyMode | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  // The same reply keeps its id until it was taken: sending it twice does no harm.
  const clientId = useRef<string | null>(null);
  const text = drafts[mode];
  const allowed = mode === "note" || mayReply;

  const change = (value: string, of: ReplyMode = mode) => {
    if (of === "reply") clientId.current = null;
    setDrafts((before) => ({ ...before, [of]: value }));
    if (value === "") sessionStorage.removeItem(key(id, of));
    else sessionStorage.setItem(key(id, of), value);
  };
  useEffect(() => {
    if (suggested === null) return;
    const before = drafts.reply.trim();
    change(before === "" ? suggested.text : `${before}\n\n${suggested.text}`, "reply");
  }, [suggested]);

  const send = async () => {
    const message = text.trim();
    if (message === "" || busy === mode || !allowed) return;
    // A button that is disabled while it works loses the focus; whoever left the box by then is not called back.
    const byButton = document.activeElement instanceof HTMLButtonElement;
    setBusy(mode);
    setProblem(null);
    try {
      if (mode === "note") {
        await onNote(message);
        change("", "note");
      } else {
        clientId.current ??= crypto.getRandomValues(new Uint32Array(4)).join("-");
        if (await onReply(message, clientId.current)) change("", "reply");
      }
    } catch (error) {
      setProblem(inWords(error));
    }
    setBusy((now) => (now === mode ? null : now));
    if (byButton) box.current?.focus();
  };

  return (
    <form
      class={`reply ${mode}`}
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <div class="tabs" role="group" aria-label="Write">
        {NAMES.map(([value, name]) => (
          <button type="button" aria-pressed={value === mode} onClick={() => onMode(value)}>
            {name}
          </button>
        ))}
      </div>
      <textarea
        ref={box}
        rows={3}
        value={text}
        disabled={!allowed}
        maxLength={4_000}
        aria-label={mode === "note" ? "Internal note" : "Reply"}
        placeholder={allowed ? (mode === "note" ? "Only staff will see this" : "Write to the visitor") : "Claim the conversation to reply"}
        onInput={(event) => change(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === "Escape") event.currentTarget.blur();
          if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
          event.preventDefault();
          void send();
        }}
      />
      {problem !== null && (
        <p class="bad" role="alert">
          {problem}
        </p>
      )}
      <div class="send-row">
        <span class="soft">Ctrl + Enter sends</span>
        <button class="primary" disabled={busy === mode || !allowed || text.trim() === ""}>
          {mode === "note" ? "Add note" : "Send reply"}
        </button>
      </div>
    </form>
  );
}

function key(id: string, mode: ReplyMode): string {
  return `baton.draft.${mode}.${id}`;
}

function stored(id: string, mode: ReplyMode): string {
  return sessionStorage.getItem(key(id, mode)) ?? "";
}
