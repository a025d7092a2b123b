import { Button, Kbd, SegmentedControl, Text, Textarea } from "@mantine/core";
import { type Ref, useEffect, useImperativeHandle, useRef, useState } from "react";
import { Icon } from "../ui/icon";
import { words } from "../words/words";
import styles from "./composer.module.css";
import type { Log } from "./log";
import { NewerReply } from "./newer-reply";
import { SuggestionList } from "./suggestion-list";
import { type Mode, useDraft } from "./use-draft";
import { useSend } from "./use-send";
import { useSuggestions } from "./use-suggestions";

export interface ComposerHandle {
  focus: (mode: Mode) => void;
  /** Puts a text behind what is there already. */
  insert: (text: string) => void;
  send: (text: string) => void;
}

interface Props {
  ref: Ref<ComposerHandle>;
  id: string;
  locale: string;
  log: Log;
  fence: number | null;
  onClaimLost: (error: unknown) => void;
  /** It went through: what went wrong before is over. */
  onSent: () => void;
  onWriting: (writing: boolean) => void;
  onClaim: (() => void) | null;
}

const LONGEST = 4_000;
/** Somebody who has not typed for this long is thinking. */
const STILL_WRITING = 10_000;

export function Composer({ ref, id, locale, log, fence, onClaimLost, onSent, onWriting, onClaim }: Props) {
  const box = useRef<HTMLTextAreaElement>(null);
  const [mode, setMode] = useState<Mode>("reply");
  const { drafts, change } = useDraft(id);
  const text = drafts[mode];
  const mayWrite = mode === "note" || fence !== null;
  const sender = useSend({
    id,
    fence,
    lastSeq: log.lastSeq,
    onClaimLost,
    onSent: (sent) => {
      change(sent, "");
      onSent();
    },
  });

  // The box may open only when the log has shown the claim: whoever wants it waits for that.
  const wanted = useRef(false);
  const enter = () => {
    if (!wanted.current || box.current === null || box.current.disabled) return;
    wanted.current = false;
    box.current.focus();
  };
  useEffect(enter);
  const focus = (next: Mode) => {
    wanted.current = true;
    setMode(next);
    enter();
  };
  const insert = (added: string) => {
    const before = drafts.reply.trim();
    change("reply", before === "" ? added : `${before}\n\n${added}`);
    focus("reply");
  };
  useImperativeHandle(ref, () => ({ focus, insert, send: (whole) => sender.send("reply", whole) }));

  const typing = useRef<ReturnType<typeof setTimeout>>(undefined);
  const wrote = (value: string) => {
    change(mode, value);
    clearTimeout(typing.current);
    onWriting(mode === "reply" && value !== "");
    typing.current = setTimeout(() => onWriting(false), STILL_WRITING);
  };
  useEffect(() => () => clearTimeout(typing.current), []);

  const suggestions = useSuggestions({ id, locale, mode, text, box, onChange: wrote });
  const over = text.length - LONGEST;
  const ready = text.trim() !== "" && over <= 0 && mayWrite && !sender.busy;
  const send = () => {
    if (!ready) return;
    clearTimeout(typing.current);
    onWriting(false);
    sender.send(mode, text.trim());
    box.current?.focus();
  };

  return (
    <form
      className={styles.composer}
      data-mode={mode}
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      {sender.newer !== null && (
        <NewerReply
          newer={sender.newer}
          onSend={fence === null ? null : sender.sendAnyway}
          onDrop={() => {
            change("reply", "");
            sender.dismiss();
          }}
        />
      )}
      <div className={styles.bar}>
        <SegmentedControl
          size="xs"
          aria-label={words.composer.mode}
          value={mode}
          onChange={(next) => setMode(next as Mode)}
          data={[
            { value: "reply", label: words.composer.reply },
            { value: "note", label: words.composer.note },
          ]}
        />
        {mode === "reply" && mayWrite && (
          <Button size="compact-sm" variant="subtle" color="gray" c="dimmed" leftSection={<Icon name="saved" size={15} />} onClick={suggestions.open}>
            {words.composer.saved}
          </Button>
        )}
        <span className={styles.hint} role="status">
          {suggestions.missing.length > 0 ? words.composer.missing(suggestions.missing.join(", ")) : text !== "" ? words.composer.draft : ""}
        </span>
      </div>
      <div className={styles.field}>
        <SuggestionList suggestions={suggestions} />
        <Textarea
          ref={box}
          autosize
          minRows={3}
          maxRows={9}
          disabled={!mayWrite}
          aria-label={mode === "note" ? words.talk.note : words.composer.reply}
          placeholder={placeholder(mode, mayWrite, log)}
          value={text}
          error={over > 0 ? words.composer.tooLong(over) : undefined}
          classNames={{ input: styles.input }}
          {...suggestions.aria}
          onChange={(event) => wrote(event.currentTarget.value)}
          onSelect={suggestions.look}
          onBlur={suggestions.close}
          onKeyDown={(event) => {
            if (suggestions.onKey(event)) return;
            if (event.key === "Escape") event.currentTarget.blur();
            if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
            event.preventDefault();
            send();
          }}
        />
      </div>
      <div className={styles.send}>
        {sender.unknown.length > 0 && (
          <Text size="xs" c="var(--desk-note-text)">
            {words.composer.unknown(sender.unknown.join(", "))}
          </Text>
        )}
        <Kbd size="xs">{words.composer.keys}</Kbd>
        {mode === "reply" && !mayWrite && onClaim !== null ? (
          <Button size="sm" onClick={onClaim}>
            {words.talk.claim}
          </Button>
        ) : (
          <Button type="submit" size="sm" disabled={!ready && !sender.busy} loading={sender.busy}>
            {mode === "note" ? words.composer.addNote : words.composer.send}
          </Button>
        )}
      </div>
    </form>
  );
}

function placeholder(mode: Mode, mayWrite: boolean, log: Log): string {
  if (mode === "note") return words.composer.toStaff;
  if (mayWrite) return words.composer.toVisitor;
  if (log.state === "claimed" && log.holder !== null) return words.problem.claimedBy(log.holder);
  if (log.state === "bot") return words.composer.withAssistant;
  return log.state === "resolved" ? words.composer.over : words.composer.claimFirst;
}
