import { Button, Loader } from "@mantine/core";
import { useLayoutEffect, useRef, useState } from "react";
import type { Citation } from "../api/types";
import { Icon } from "../ui/icon";
import { Markdown } from "../ui/markdown";
import { useNow } from "../ui/use-now";
import { words } from "../words/words";
import { EventView } from "./event-view";
import type { Log } from "./log";
import styles from "./transcript.module.css";

interface Props {
  log: Log;
  onCite: (citation: Citation) => void;
}

/** Nearer to the end than this, in pixels, the view follows what comes. */
const NEAR = 120;
/** Typing is told every few seconds; silence for longer is its end. */
const TYPING_FOR = 8_000;

/** The whole log, with what the assistant said and how sure it was. */
export function Transcript({ log, onCite }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const atEnd = useRef(true);
  const [behind, setBehind] = useState(false);
  const now = useNow();
  const typing = log.typedAt > 0 && now - log.typedAt < TYPING_FOR;

  const toEnd = () => {
    if (box.current !== null) box.current.scrollTop = box.current.scrollHeight;
  };
  useLayoutEffect(() => {
    if (atEnd.current) toEnd();
    else setBehind(true);
  }, [log.events.length]);
  useLayoutEffect(() => {
    if (atEnd.current) toEnd();
  }, [log.writing, typing]);

  return (
    <div className={styles.frame}>
      <div
        ref={box}
        className={styles.transcript}
        role="log"
        aria-label={words.talk.transcript}
        aria-busy={!log.loaded}
        tabIndex={0}
        onScroll={({ currentTarget: at }) => {
          atEnd.current = at.scrollHeight - at.scrollTop - at.clientHeight < NEAR;
          if (atEnd.current) setBehind(false);
        }}
      >
        {!log.loaded && <Loader className={styles.loader} size="sm" aria-label={words.loading} />}
        {log.events.map((event, at) => (
          <EventView key={event.seq} event={event} before={log.events[at - 1] ?? null} onCite={onCite} />
        ))}
        {log.writing !== null && (
          <div className={styles.said} data-by="bot">
            <p className={styles.meta}>
              <Icon name="bot" size={14} /> {words.talk.thinking}…
            </p>
            <Markdown text={log.writing} />
          </div>
        )}
        {typing && <p className={styles.typing}>{words.talk.visitorWriting}…</p>}
      </div>
      {behind && (
        <Button className={styles.behind} size="compact-sm" radius="xl" leftSection={<Icon name="down" size={14} />} onClick={toEnd}>
          {words.talk.newMessages}
        </Button>
      )}
    </div>
  );
}
