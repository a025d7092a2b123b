import { Markdown } from "../../shared/markdown/markdown";
import type { Chat } from "../state/chat";
import type { Entry, Transcript } from "../state/transcript";
import { useWords } from "../words/words";
import { BotMessageView } from "./bot-message";
import { HandoffCard } from "./handoff-card";
import type { Place } from "./panel";

interface Props {
  entry: Entry;
  before: Entry | undefined;
  isLast: boolean;
  transcript: Transcript;
  chat: Chat;
  onOpen: (place: Place) => void;
}

export function EntryView({ entry, before, isLast, transcript, chat, onOpen }: Props) {
  const words = useWords();
  switch (entry.kind) {
    case "visitor":
      return (
        <div class="message visitor">
          <span class="sr-only">{words.you}: </span>
          <p class="bubble">{entry.text}</p>
        </div>
      );
    case "bot":
      return <BotMessageView entry={entry} isLast={isLast} chat={chat} onOpen={onOpen} />;
    case "person": {
      const follows = before?.kind === "person" && before.name === entry.name;
      return (
        <div class="message person">
          {!follows && <p class="meta">{entry.name}</p>}
          <div class="bubble">
            <Markdown text={entry.text} />
          </div>
        </div>
      );
    }
    case "handoff": {
      const current = transcript.state === "waiting" && isNewestHandoff(transcript, entry.seq);
      return <HandoffCard waiting={current ? transcript.waiting : null} />;
    }
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
