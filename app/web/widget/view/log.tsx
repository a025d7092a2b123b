import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import type { Chat, ChatState } from "../state/chat";
import type { Parcel } from "../state/outbox";
import { useWords } from "../words/words";
import { EntryView } from "./entry";
import { Icon } from "./icon";
import type { Place } from "./panel";
import { PendingMessage } from "./pending-message";
import { Rating } from "./rating";
import { Strip } from "./strip";
import { Welcome } from "./welcome";
import { PersonTypes, WritingView } from "./writing";

interface Props {
  chat: Chat;
  state: ChatState;
  onOpen: (place: Place) => void;
  onEdit: (parcel: Parcel) => void;
}

/** How far from the end still counts as reading along. */
const NEAR = 80;
const GAP = 12;

export function Log({ chat, state, onOpen, onEdit }: Props) {
  const words = useWords();
  const { transcript, pending } = state;
  const scroller = useRef<HTMLDivElement>(null);
  const [away, setAway] = useState(false);
  const messages = pending.filter((parcel) => parcel.kind === "message");
  const lastSeq = transcript.entries.at(-1)?.seq ?? 0;

  /** The end, but never past the start of the newest message: long answers are read from their first line. */
  const target = () => {
    const box = scroller.current;
    if (box === null) return 0;
    const newest = [...box.querySelectorAll<HTMLElement>(".message, .card")].at(-1);
    const end = box.scrollHeight - box.clientHeight;
    return newest === undefined ? end : Math.min(end, newest.offsetTop - GAP);
  };
  const toEnd = () => {
    if (scroller.current !== null) scroller.current.scrollTop = target();
    setAway(false);
  };
  useLayoutEffect(() => {
    if (!away) toEnd();
  }, [lastSeq, transcript, pending.length, state.typing]);
  useEffect(toEnd, [messages.length > 0 ? messages.at(-1)?.clientId : null]);

  const waitsForAnswer =
    (transcript.state === "bot" || transcript.state === "resolved") &&
    (transcript.unanswered !== null || messages.some((parcel) => parcel.refused === undefined));
  const empty = transcript.entries.length === 0 && messages.length === 0;

  return (
    <>
      <div
        ref={scroller}
        class="log"
        tabIndex={0}
        role="region"
        aria-label={words.log}
        onScroll={(event) => {
          setAway(event.currentTarget.scrollTop < target() - NEAR);
        }}
      >
        {state.restarted && <p class="line">{words.newConversation}</p>}
        {empty && <Welcome audience={chat.session.audience} onPick={(question) => chat.send(question)} />}
        <div role="log" aria-live="polite" aria-relevant="additions">
          {transcript.entries.map((entry, at) => (
            <EntryView
              key={entry.seq}
              entry={entry}
              before={transcript.entries[at - 1]}
              isLast={at === transcript.entries.length - 1}
              state={state}
              chat={chat}
              onOpen={onOpen}
            />
          ))}
          {messages.map((parcel) => (
            <PendingMessage
              key={parcel.clientId}
              parcel={parcel}
              onRetry={() => chat.retry(parcel)}
              onEdit={() => onEdit(parcel)}
            />
          ))}
        </div>
        {state.typing !== null && <PersonTypes name={state.typing} picture={transcript.personPicture} />}
        {waitsForAnswer && <WritingView writing={transcript.writing} />}
        {transcript.state === "resolved" && messages.length === 0 && !waitsForAnswer && (
          <Rating rated={transcript.rated} onRate={(rating) => chat.rate(rating)} />
        )}
      </div>
      {away && (
        <button type="button" class="to-end" onClick={toEnd} aria-label={words.newMessages}>
          <Icon name="down" />
        </button>
      )}
      <Strip state={state} />
    </>
  );
}
