import { memo, type ReactNode } from "react";
import type { BotMessage } from "../../shared/api/event";
import type { Citation } from "../api/types";
import { Confidence } from "../ui/confidence";
import { Face } from "../ui/face";
import { Icon } from "../ui/icon";
import { Markdown } from "../ui/markdown";
import { clock, whole } from "../ui/time";
import { words } from "../words/words";
import { Citations } from "./citations";
import type { ConversationEvent } from "./event";
import { inShort } from "./in-short";
import styles from "./transcript.module.css";

interface Props {
  event: ConversationEvent;
  before: ConversationEvent | null;
  onCite: (citation: Citation) => void;
}

const DAY = new Intl.DateTimeFormat(undefined, { weekday: "long", day: "numeric", month: "long" });

export const EventView = memo(function EventView({ event, before, onCite }: Props) {
  const day = new Date(event.at).toDateString();
  const newDay = before === null ? day !== new Date().toDateString() : day !== new Date(before.at).toDateString();
  return (
    <>
      {newDay && <p className={styles.day}>{DAY.format(new Date(event.at))}</p>}
      <One event={event} onCite={onCite} />
    </>
  );
});

function One({ event, onCite }: { event: ConversationEvent; onCite: (citation: Citation) => void }) {
  switch (event.type) {
    case "message.visitor":
      return (
        <Said by="visitor" name={words.talk.visitor} at={event.at}>
          <p className={styles.text}>{event.data.text}</p>
        </Said>
      );
    case "message.bot":
      return <BotSaid message={event.data} at={event.at} onCite={onCite} />;
    case "message.agent":
      return (
        <Said by="person" name={event.data.agent.name} picture={event.data.agent.picture} at={event.at}>
          <Markdown text={event.data.text} />
        </Said>
      );
    case "note.agent":
      return (
        <Said by="note" name={event.data.agent.name} picture={event.data.agent.picture} at={event.at} extra={<span className={styles.tag}>{words.talk.note}</span>}>
          <Markdown text={event.data.text} />
        </Said>
      );
    default: {
      const text = inShort(event);
      return text === null ? null : (
        <p className={styles.happened}>
          <span>{text}</span> <Time at={event.at} />
        </p>
      );
    }
  }
}

function BotSaid({ message, at, onCite }: { message: BotMessage; at: string; onCite: (citation: Citation) => void }) {
  const { text, citations, confidence, outcome, candidates = [] } = message;
  const cite = (number: number) => {
    const citation = citations[number - 1];
    return citation === undefined ? null : (
      <button type="button" className={styles.cite} aria-label={citation.title} onClick={() => onCite(citation as Citation)}>
        {number}
      </button>
    );
  };
  return (
    <Said
      by="bot"
      name={words.talk.assistant}
      at={at}
      extra={
        <>
          {outcome !== "answer" && <span className={styles.tag}>{words.talk.outcomes[outcome] ?? outcome}</span>}
          {confidence !== null && (outcome === "answer" || outcome === "clarify") && <Confidence value={confidence} />}
        </>
      }
    >
      <Markdown text={text} cite={cite} />
      {candidates.length > 0 && (
        <>
          <p className={styles.meta}>{words.talk.asked}</p>
          <ul className={styles.candidates}>
            {candidates.map((candidate) => (
              <li key={candidate.article_id}>{candidate.title}</li>
            ))}
          </ul>
        </>
      )}
      <Citations citations={citations as Citation[]} onCite={onCite} />
    </Said>
  );
}

interface SaidProps {
  by: "visitor" | "bot" | "person" | "note";
  name: string;
  picture?: string | undefined;
  at: string;
  extra?: ReactNode;
  children: ReactNode;
}

const ICONS = { visitor: "person", bot: "bot" } as const;

function Said({ by, name, picture, at, extra, children }: SaidProps) {
  return (
    <div className={styles.said} data-by={by}>
      <p className={styles.meta}>
        {by === "person" || by === "note" ? <Face name={name} picture={picture} size="sm" /> : <Icon name={ICONS[by]} size={14} />}
        <strong>{name}</strong>
        <Time at={at} />
        {extra}
      </p>
      {children}
    </div>
  );
}

function Time({ at }: { at: string }) {
  return (
    <time dateTime={at} title={whole(at)}>
      {clock(at)}
    </time>
  );
}
