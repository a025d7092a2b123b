import { Markdown } from "../../shared/markdown/markdown";
import type { Chat, ChatState } from "../state/chat";
import type { Entry, Transcript } from "../state/transcript";
import { useLocale, useWords } from "../words/words";
import { Avatar } from "./avatar";
import { BotMessageView } from "./bot-message";
import { HandoffCard } from "./handoff-card";
import type { Place } from "./panel";

interface Props {
  entry: Entry;
  before: Entry | undefined;
  isLast: boolean;
  state: ChatState;
  chat: Chat;
  onOpen: (place: Place) => void;
}

export function EntryView({ entry, before, isLast, state, chat, onOpen }: Props) {
  const words = useWords();
  const locale = useLocale();
  const { transcript } = state;
  const clock = new Intl.DateTimeFormat(locale, { hour: "numeric", minute: "2-digit" });
  switch (entry.kind) {
    case "visitor":
      return (
        <div class="message visitor">
          <span class="sr-only">{words.you}: </span>
          <p class="bubble" dir="auto">
            {entry.text}
          </p>
        </div>
      );
    case "bot":
      return <BotMessageView entry={entry} isLast={isLast} chat={chat} onOpen={onOpen} />;
    case "person": {
      const follows = before?.kind === "person" && before.name === entry.name;
      return (
        <div class="message person">
          {!follows && (
            <p class="meta">
              <Avatar name={entry.name} picture={entry.picture} small />
              <span dir="auto">{entry.name}</span> · <time dateTime={entry.at}>{clock.format(new Date(entry.at))}</time>
            </p>
          )}
          <div class="bubble" dir="auto">
            <Markdown text={entry.text} />
          </div>
        </div>
      );
    }
    case "handoff": {
      const current = transcript.state === "waiting" && isNewestHandoff(transcript, entry.seq);
      if (!current || transcript.waiting === null) return <p class="line">{words.handedOff}</p>;
      return <HandoffCard state={state} waiting={transcript.waiting} onContact={(reach, note) => chat.leaveContact(reach, note)} />;
    }
    case "reach":
      return (
        <p class="line" dir="auto">
          {words.reached(entry.reach)}
        </p>
      );
    case "joined":
      return <p class="line">{words.joined(entry.name)}</p>;
    case "released":
      return <p class="line">{words.released}</p>;
    case "resolved":
      return <p class="line rule">{words.resolved}</p>;
    case "reopened":
      return <p class="line rule">{words.reopened}</p>;
  }
}

function isNewestHandoff(transcript: Transcript, seq: number): boolean {
  return transcript.entries.findLast((entry) => entry.kind === "handoff")?.seq === seq;
}
