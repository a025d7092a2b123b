import { useLayoutEffect, useRef } from "preact/hooks";
import type { Citation, ConversationEvent } from "../../shared/api/event";
import { Markdown } from "../../shared/markdown/markdown";
import { percent, reasonInWords } from "../ui/words";
import { CitationChips } from "./citation-chips";

interface Props {
  events: ConversationEvent[];
  onCite: (citation: Citation) => void;
}

const NEAR = 120;

/** The whole log, with what the assistant said and how sure it was. */
export function TranscriptView({ events, onCite }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const atEnd = useRef(true);
  useLayoutEffect(() => {
    if (atEnd.current && box.current !== null) box.current.scrollTop = box.current.scrollHeight;
  }, [events.length]);
  return (
    <div
      ref={box}
      class="transcript"
      role="log"
      aria-label="Transcript"
      tabIndex={0}
      onScroll={({ currentTarget: at }) => {
        atEnd.current = at.scrollHeight - at.scrollTop - at.clientHeight < NEAR;
      }}
    >
      {events.map((event) => (
        <EventView key={event.seq} event={event} onCite={onCite} />
      ))}
    </div>
  );
}

function EventView({ event, onCite }: { event: ConversationEvent; onCite: (citation: Citation) => void }) {
  const when = <time dateTime={event.at}>{new Date(event.at).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" })}</time>;
  switch (event.type) {
    case "message.visitor":
      return (
        <div class="said visitor">
          <p class="meta">Visitor {when}</p>
          <p class="text">{event.data.text}</p>
        </div>
      );
    case "message.bot": {
      const { text, citations, confidence, outcome, candidates = [] } = event.data;
      return (
        <div class="said bot">
          <p class="meta">
            Assistant {when} · {outcome}
            {confidence !== null && ` · ${percent(confidence)} sure`}
          </p>
          <Markdown text={text} cite={(number) => <sup>[{number}]</sup>} />
          {candidates.length > 0 && (
            <ul>
              {candidates.map((candidate) => (
                <li>{candidate.title}</li>
              ))}
            </ul>
          )}
          <CitationChips citations={citations} onCite={onCite} />
        </div>
      );
    }
    case "message.agent":
    case "note.agent":
      return (
        <div class={event.type === "note.agent" ? "said note" : "said person"}>
          <p class="meta">
            {event.data.agent.name} {when}
            {event.type === "note.agent" && " · internal note"}
          </p>
          <Markdown text={event.data.text} />
        </div>
      );
    default:
      return inShort(event) === null ? null : (
        <p class="happened">
          {inShort(event)} {when}
        </p>
      );
  }
}

function inShort(event: ConversationEvent): string | null {
  switch (event.type) {
    case "handoff.opened":
      return `Handed to ${event.data.queue.name}: ${reasonInWords(event.data.reason).toLowerCase()}.`;
    case "handoff.claimed":
      return `${event.data.agent.name} claimed it.`;
    case "handoff.released":
      return "Released.";
    case "conversation.resolved":
      return `${event.data.by.name} resolved it.`;
    case "conversation.reopened":
      return "The visitor wrote again.";
    case "feedback":
      return `${event.data.helpful ? "The answer helped" : "The answer did not help"}${event.data.comment ? `: “${event.data.comment}”` : ""}.`;
    case "rating":
      return `Rated ${event.data.stars} of 5${event.data.solved == null ? "" : event.data.solved ? ", solved" : ", not solved"}.`;
    default:
      return null;
  }
}
