import { UnstyledButton } from "@mantine/core";
import type { Citation } from "../api/types";
import { Icon } from "../ui/icon";
import styles from "./citations.module.css";

interface Props {
  citations: readonly Citation[];
  onCite: (citation: Citation) => void;
}

/** What an answer rests on; each opens the article at the quoted place. */
export function Citations({ citations, onCite }: Props) {
  if (citations.length === 0) return null;
  return (
    <ol className={styles.citations}>
      {citations.map((citation, at) => (
        <li key={`${citation.article_id}-${at}`}>
          <UnstyledButton className={styles.citation} title={citation.quote} onClick={() => onCite(citation)}>
            <span className={styles.number}>{at + 1}</span>
            <Icon name="book" size={14} />
            <span className={styles.title}>{citation.title}</span>
          </UnstyledButton>
        </li>
      ))}
    </ol>
  );
}
