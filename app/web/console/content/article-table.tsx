import { Checkbox, Table } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { content } from "../words/en-content";
import styles from "./content.module.css";
import { StatusBadge } from "./status-badge";
import { type ArticleRow, named } from "./types";

interface Props {
  rows: ArticleRow[];
  picked: ReadonlySet<string>;
  onPick: (picked: ReadonlySet<string>) => void;
}

export function ArticleTable({ rows, picked, onPick }: Props) {
  const all = rows.every((row) => picked.has(named(row)));
  const toggle = (row: ArticleRow) => {
    const next = new Set(picked);
    if (!next.delete(named(row))) next.add(named(row));
    onPick(next);
  };
  return (
    <div className={styles.scroll} tabIndex={0} role="region" aria-label={content.articles}>
      <Table verticalSpacing={7} highlightOnHover>
        <Table.Thead>
          <Table.Tr>
            <Table.Th w={36}>
              <Checkbox
                aria-label={content.list.selectAll}
                checked={all}
                indeterminate={!all && picked.size > 0}
                onChange={() => onPick(all ? new Set() : new Set(rows.map(named)))}
              />
            </Table.Th>
            {content.list.columns.map((name, at) => (
              <Table.Th key={name} className={at > 4 ? styles.number : undefined}>
                {name}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map((row) => (
            <Row key={named(row)} row={row} picked={picked.has(named(row))} onToggle={() => toggle(row)} />
          ))}
        </Table.Tbody>
      </Table>
    </div>
  );
}

function Row({ row, picked, onToggle }: { row: ArticleRow; picked: boolean; onToggle: () => void }) {
  const today = new Date().toISOString().slice(0, 10);
  const overdue = row.review_due !== null && row.review_due < today;
  const rated = row.helpful + row.unhelpful;
  return (
    <Table.Tr data-selected={picked || undefined}>
      <Table.Td>
        <Checkbox aria-label={content.list.select(row.title)} checked={picked} onChange={onToggle} />
      </Table.Td>
      <Table.Td>
        <Link to="/content/articles/$id/$locale" params={{ id: row.article_id, locale: row.locale }} className={styles.name}>
          {row.title || row.article_id}
        </Link>
        <span className={styles.sub}>
          {row.audience.map((one) => content.audience[one] ?? one).join(", ")} · {row.locale}
        </span>
        {row.stale_translation && <div className={styles.warn}>{content.list.stale}</div>}
      </Table.Td>
      <Table.Td>
        <StatusBadge status={row.status} />
      </Table.Td>
      <Table.Td>{row.topic}</Table.Td>
      <Table.Td>{row.owner ?? "–"}</Table.Td>
      <Table.Td>
        {row.reviewed ?? content.list.never}
        {overdue && row.review_due !== null && <div className={styles.warn}>{content.list.due(row.review_due)}</div>}
      </Table.Td>
      <Table.Td className={styles.number}>{row.cited}</Table.Td>
      <Table.Td className={styles.number}>{rated === 0 ? "–" : content.list.of(row.helpful, rated)}</Table.Td>
      <Table.Td className={styles.number}>{row.handed_off}</Table.Td>
    </Table.Tr>
  );
}
