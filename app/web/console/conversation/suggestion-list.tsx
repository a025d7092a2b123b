import { words } from "../words/words";
import styles from "./composer.module.css";
import type { Suggestions } from "./use-suggestions";

/** What `/` and `@` offer, above the box. The focus stays in the box. */
export function SuggestionList({ suggestions }: { suggestions: Suggestions }) {
  const { isOpen, listId, found, chosen, mode, loading, any, take } = suggestions;
  if (!isOpen) return null;
  const name = mode === "reply" ? words.composer.saved : words.composer.colleagues;
  return (
    <div className={styles.suggestions}>
      <ul role="listbox" id={listId} aria-label={name}>
        {found.map((one, at) => (
          <li
            key={one.key}
            id={`${listId}-${at}`}
            role="option"
            aria-selected={at === chosen}
            className={styles.suggestion}
            // Before the box loses the focus.
            onMouseDown={(event) => {
              event.preventDefault();
              take(one);
            }}
          >
            <span className={styles.suggestionTitle}>{one.title}</span>
            <span className={styles.suggestionDetail}>{one.detail}</span>
            {mode === "reply" && <span className={styles.suggestionText}>{one.text}</span>}
          </li>
        ))}
      </ul>
      {found.length === 0 && <p className={styles.suggestionNone}>{loading ? words.loading : any ? words.composer.savedNone : words.composer.savedNothing}</p>}
      <p className="hidden" role="status">
        {found[chosen]?.title ?? ""}
      </p>
    </div>
  );
}
