import { Button, EmptyState, Skeleton } from "@mantine/core";
import { useVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useRef } from "react";
import { Icon } from "../ui/icon";
import { inWords } from "../ui/problem";
import { words } from "../words/words";
import { countFilters, type Filters } from "./filters";
import type { useQueueList } from "./queue";
import styles from "./queue-list.module.css";
import { QueueRow } from "./queue-row";
import type { View } from "./view";

interface Props {
  view: View;
  filters: Filters;
  list: ReturnType<typeof useQueueList>;
  open: string | null;
}

/** The height of a row, in pixels; rows are of one height, so that a long list scrolls evenly. */
const ROW = 98;

/** Only the rows in sight are in the page: a thousand scroll like ten. */
export function QueueList({ view, filters, list, open }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const { items, hasNextPage, isFetchingNextPage, fetchNextPage } = list;
  const rows = useVirtualizer({
    count: items.length,
    getScrollElement: () => box.current,
    estimateSize: () => ROW,
    overscan: 6,
    getItemKey: (at) => items[at]?.conversation_id ?? at,
  });
  const shown = rows.getVirtualItems();
  const last = shown.at(-1)?.index ?? 0;
  useEffect(() => {
    if (last >= items.length - 10 && hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [last, items.length, hasNextPage, isFetchingNextPage, fetchNextPage]);
  const at = items.findIndex((item) => item.conversation_id === open);
  useEffect(() => {
    if (at >= 0) rows.scrollToIndex(at);
    // Only when another one is opened: rows that move must not move the list.
  }, [open]);

  if (list.isPending) {
    return (
      <div className={styles.waiting} aria-hidden="true">
        {[0, 1, 2, 3, 4].map((row) => (
          <div key={row} className={styles.blank}>
            <Skeleton height={14} width="80%" />
            <Skeleton height={12} />
            <Skeleton height={12} width="55%" />
          </div>
        ))}
      </div>
    );
  }
  if (list.isError && items.length === 0) {
    return (
      <EmptyState className={styles.empty} icon={<Icon name="warn" size={36} />} title={words.inbox.failed} description={inWords(list.error)}>
        <EmptyState.Actions>
          <Button variant="default" onClick={() => void list.refetch()}>
            {words.retry}
          </Button>
        </EmptyState.Actions>
      </EmptyState>
    );
  }
  if (items.length === 0) {
    const narrowed = countFilters(filters) > 0 || filters.q !== undefined;
    const [title, description] = narrowed ? words.inbox.noMatch : (words.inbox.nothing[view] ?? words.inbox.noMatch);
    return <EmptyState className={styles.empty} icon={<Icon name={narrowed ? "search" : "check"} size={36} />} title={title} description={description} />;
  }
  return (
    <div ref={box} className={styles.scroller} data-stale={list.isPlaceholderData} tabIndex={-1}>
      <ul className={styles.rows} style={{ height: rows.getTotalSize() }}>
        {shown.map((row) => {
          const item = items[row.index];
          return item === undefined ? null : (
            <li
              key={row.key}
              className={styles.row}
              style={{ height: row.size, transform: `translateY(${row.start}px)` }}
              aria-setsize={hasNextPage ? -1 : items.length}
              aria-posinset={row.index + 1}
            >
              <QueueRow item={item} view={view} filters={filters} open={item.conversation_id === open} />
            </li>
          );
        })}
      </ul>
    </div>
  );
}
