import type { Audience } from "../../shared/api/conversation";
import { useWords } from "../words/words";

interface Props {
  audience: Audience;
  onPick: (question: string) => void;
}

export function Welcome({ audience, onPick }: Props) {
  const words = useWords();
  return (
    <div class="welcome">
      <h3>{words.greeting}</h3>
      <p>{words.greetingText}</p>
      <div class="choices">
        {words.examples[audience].map((question) => (
          <button type="button" class="choice" onClick={() => onPick(question)}>
            {question}
          </button>
        ))}
      </div>
    </div>
  );
}
