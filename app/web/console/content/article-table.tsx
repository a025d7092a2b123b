import { Badge, Checkbox } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { contentWords as words } from "../words/en-content";
import styles from "./article-table.module.css";
import { StatusBadge } from "./status-badge";
import { type ArticleRow, keyText } from "./types";

interface Props {
  rows: ArticleRow[];
  chosen: ReadonlySet<string>;
  onChosen: (chosen: ReadonlySet<string>) => void;
}

export function ArticleTable({ rows, chosen, onChosen }: Props) {
  const all = rows.every((row) => chosen.has(keyText(row)));
  const toggle = (key: string) => {
    const next = new Set(chosen);
    if (!next.delete(key)) next.add(key);
    onChosen(next);
  };
  const { columns } = words.list;
  return (
    <div className={styles.scroller}>
      <table className={styles.table}>
        <caption className="hidden">{words.list.numbers}</caption>
        <thead>
          <tr>
            <td>
              <Checkbox
                aria-label={words.list.selectAll}
                checked={all}
                indeterminate={!all && chosen.size > 0}
                onChange={() => onChosen(all ? new Set() : new Set(rows.map(keyText)))}
              />
            </td>
            <th scope="col">{columns.title}</th>
            <th scope="col">{columns.status}</th>
            <th scope="col">{columns.owner}</th>
            <th scope="col">{columns.reviewed}</th>
            <th scope="col" className={styles.number} title={words.list.numbers}>
              {columns.cited}
            </th>
            <th scope="col" className={styles.number} title={words.list.numbers}>
              {columns.helpful}
            </th>
            <th scope="col" className={styles.number} title={words.list.numbers}>
              {columns.handedOff}
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <Row key={keyText(row)} row={row} chosen={chosen.has(keyText(row))} onToggle={() => toggle(keyText(row))} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Row({ row, chosen, onToggle }: { row: ArticleRow; chosen: boolean; onToggle: () => void }) {
  const { article_id: id, locale } = row;
  const overdue = row.review_due !== null && row.review_due < new Date().toISOString().slice(0, 10);
  const rated = row.helpful + row.unhelpful;
  return (
    <tr data-chosen={chosen}>
      <td>
        <Checkbox aria-label={words.list.select(row.title, locale)} checked={chosen} onChange={onToggle} />
      </td>
      <th scope="row" className={styles.title}>
        <Link to="/content/articles/$id/$locale" params={{ id, locale }}>
          {row.title}
        </Link>
        <span className={styles.about}>
          {row.kind === "sop" ? "SOP · " : ""}
          {row.audience.map((one) => words.audiences[one] ?? one).join(", ")} · {row.topic} · {words.locales[locale] ?? locale}
        </span>
      </th>
      <td>
        <StatusBadge status={row.status} />
        {row.stale_translation && (
          <Badge variant="light" color="yellow" size="sm" tt="none" className={styles.stale}>
            {words.list.stale}
          </Badge>
        )}
      </td>
      <td>{row.owner ?? "–"}</td>
      <td>
        <span className={styles.day}>{row.reviewed ?? words.list.never}</span>
        {overdue && <span className={styles.overdue}>{words.list.due}</span>}
      </td>
      <td className={styles.number}>{row.cited}</td>
      <td className={styles.number}>{rated === 0 ? "–" : `${row.helpful} / ${rated}`}</td>
      <td className={styles.number}>{row.handed_off}</td>
    </tr>
  );
}
