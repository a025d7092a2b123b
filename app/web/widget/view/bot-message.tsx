import { Markdown } from "../../shared/markdown/markdown";
import type { Citation } from "../../shared/api/event";
import type { Chat } from "../state/chat";
import type { Entry } from "../state/transcript";
import { useWords } from "../words/words";
import { Feedback } from "./feedback";
import { articleOf } from "./article-link";
import type { Place } from "./panel";

interface Props {
  entry: Extract<Entry, { kind: "bot" }>;
  isLast: boolean;
  chat: Chat;
  onOpen: (place: Place) => void;
}

export function BotMessageView({ entry, isLast, chat, onOpen }: Props) {
  const words = useWords();
  const { message, seq, helpful } = entry;
  const { citations, candidates = [] } = message;

  const chip = (number: number) => {
    const citation = citations[number - 1];
    if (citation === undefined) return null;
    return (
      <button type="button" class="cite" aria-label={words.source(number, citation.title)} onClick={() => onOpen(citation)}>
        {number}
      </button>
    );
  };

  return (
    <div class="message bot">
      <span class="sr-only">{words.assistant}: </span>
      <div class="bubble" dir="auto">
        <Markdown
          text={message.text}
          cite={chip}
          onLink={(href, event) => {
            const article = articleOf(href);
            if (article === null) return;
            event.preventDefault();
            onOpen({ article_id: article });
          }}
        />
        {message.notice !== null && <p class="notice">{message.notice}</p>}
        {message.outcome === "answer" && citations.length > 0 && <Sources citations={citations} onOpen={onOpen} />}
      </div>
      {message.outcome === "clarify" && (
        <div class="choices">
          {candidates.map((candidate) => (
            <button type="button" class="choice" disabled={!isLast} onClick={() => chat.send(candidate.title)}>
              {candidate.title}
            </button>
          ))}
        </div>
      )}
      {message.outcome === "answer" && (
        <Feedback helpful={helpful} onFeedback={(good, comment) => chat.feedback(seq, good, comment)} />
      )}
    </div>
  );
}

function Sources({ citations, onOpen }: { citations: Citation[]; onOpen: (place: Place) => void }) {
  const words = useWords();
  return (
    <div class="sources">
      <p class="soft">{words.sources}</p>
      <ol>
        {citations.map((citation, at) => (
          <li>
            <button type="button" class="source" onClick={() => onOpen(citation)}>
              <span class="cite" aria-hidden="true">
                {at + 1}
              </span>
              <span>
                {citation.title}
                {citation.section !== null && citation.section !== "" && citation.section !== citation.title && (
                  <span class="soft"> · {citation.section}</span>
                )}
              </span>
            </button>
          </li>
        ))}
      </ol>
    </div>
  );
}
