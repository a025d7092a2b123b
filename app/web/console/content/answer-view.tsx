import { Markdown } from "../ui/markdown";
import { content } from "../words/en-content";
import styles from "./editor.module.css";

interface Said {
  outcome: string;
  text: string;
  confidence: number;
  citations?: { title: string; article_id: string }[];
}

/** What the assistant says to a question, on one side of an edit. */
export function AnswerView({ title, said }: { title: string; said: Said }) {
  const titles = [...new Set((said.citations ?? []).map((one) => one.title))];
  return (
    <section className={styles.answer} aria-label={title}>
      <h4>{title}</h4>
      <p className={styles.quiet}>
        {content.ask.outcome[said.outcome] ?? said.outcome}, {content.ask.sure(Math.round(100 * said.confidence))}
      </p>
      <Markdown text={said.text} />
      <p className={styles.quiet}>{titles.length === 0 ? content.ask.nothing : `${content.ask.cites}: ${titles.join(", ")}`}</p>
    </section>
  );
}
