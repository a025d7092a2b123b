import { Modal } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useLast } from "../ui/use-last";
import { contentWords } from "../words/en-content";
import { words } from "../words/words";
import { split } from "./front-matter";
import { Loading, LoadFailed } from "./page";
import { articleQuery } from "./queries";
import styles from "./side-by-side.module.css";
import type { Finding } from "./types";

interface Props {
  finding: Finding | null;
  mine: { title: string; text: string };
  onClose: () => void;
}

/** Two articles that a finding is about, with the words that it found. */
export function SideBySide({ finding, mine, onClose }: Props) {
  const shown = useLast(finding);
  return (
    <Modal opened={finding !== null} onClose={onClose} size="90%" title={shown?.message} closeButtonProps={{ "aria-label": words.close }}>
      {shown !== null && shown.other != null && (
        <div className={styles.sides}>
          <TextSide title={mine.title} text={split(mine.text)?.body ?? mine.text} quote={shown.quote ?? null} />
          <OtherSide other={shown.other} />
        </div>
      )}
    </Modal>
  );
}

function OtherSide({ other }: { other: NonNullable<Finding["other"]> }) {
  const { data, error, refetch } = useQuery(articleQuery(other));
  const text = data?.live?.text ?? "";
  if (data === undefined) return error === null ? <Loading /> : <LoadFailed error={error} onRetry={() => void refetch()} />;
  return (
    <TextSide title={other.title} text={split(text)?.body ?? text} quote={other.quote}>
      <Link to="/content/articles/$id/$locale" params={{ id: other.article_id, locale: other.locale }}>
        {contentWords.checks.open}
      </Link>
    </TextSide>
  );
}

export function TextSide({ title, text, quote, children }: { title: string; text: string; quote: string | null; children?: ReactNode }) {
  const at = quote === null || quote === "" ? -1 : text.indexOf(quote);
  return (
    <section className={styles.side} aria-label={title}>
      <h3 className={styles.title}>
        {title} {children}
      </h3>
      <div className={styles.text} tabIndex={0} role="group" aria-label={title}>
        {at < 0 || quote === null ? (
          text
        ) : (
          <>
            {text.slice(0, at)}
            <mark>{quote}</mark>
            {text.slice(at + quote.length)}
          </>
        )}
      </div>
    </section>
  );
}
