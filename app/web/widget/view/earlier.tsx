import { useEffect, useRef } from "preact/hooks";
import type { Chat } from "../state/chat";
import { useLocale, useWords } from "../words/words";
import { Back } from "./back";

interface Props {
  chat: Chat;
  onBack: () => void;
}

/** The visitor's conversations. */
export function Earlier({ chat, onBack }: Props) {
  const words = useWords();
  const locale = useLocale();
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const { current } = place;
    if (current === null) return;
    const onChoose = (id: string | null) => {
      chat.choose(id);
      onBack();
    };
    const given = { words, locale, current: chat.conversation, load: () => chat.earlier(), onChoose };
    chat.session.page.earlier().then(
      ({ showEarlier }) => showEarlier(current, given),
      () => current.append(words.failed),
    );
  }, []);
  return (
    <div class="page">
      <Back onBack={onBack} of={null} />
      <div ref={place} class="page-scroll" tabIndex={0} role="region" aria-label={words.earlier} />
    </div>
  );
}
