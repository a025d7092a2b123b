import { Badge, Button, Kbd, TextInput, UnstyledButton } from "@mantine/core";
import { type RefObject, useEffect, useState } from "react";
import { Icon } from "../ui/icon";
import { words } from "../words/words";
import { FilterMenu } from "./filter-menu";
import type { Filters } from "./filters";
import styles from "./list-head.module.css";
import { useCounts } from "./queue";
import { VIEWS, type View } from "./view";

interface Props {
  view: View;
  filters: Filters;
  total: number;
  pending: boolean;
  failed: boolean;
  searchBox: RefObject<HTMLInputElement | null>;
  taking: boolean;
  onTake: () => void;
  onView: (view: View) => void;
  onFilters: (filters: Filters) => void;
  onSearch: (q: string) => void;
}

/** A search begins when the typing pauses. */
const PAUSE = 250;

export function ListHead({ view, filters, total, pending, failed, searchBox, taking, onTake, onView, onFilters, onSearch }: Props) {
  const counts = useCounts();
  const [text, setText] = useState(filters.q ?? "");
  useEffect(() => setText(filters.q ?? ""), [filters.q]);
  useEffect(() => {
    if (text.trim() === (filters.q ?? "")) return;
    const timer = setTimeout(() => onSearch(text.trim()), PAUSE);
    return () => clearTimeout(timer);
  });
  const count = (one: View) => (counts === undefined || one === "resolved" ? null : counts[one]);
  return (
    <header className={styles.head}>
      <Button
        fullWidth
        size="md"
        loading={taking}
        onClick={onTake}
        rightSection={<Kbd className={styles.kbd}>x</Kbd>}
        leftSection={<Icon name="next" />}
        classNames={{ section: styles.section }}
      >
        {words.inbox.take}
      </Button>
      <nav className={styles.views} aria-label={words.inbox.viewLabel}>
        {VIEWS.map((one) => (
          <UnstyledButton key={one} className={styles.view} aria-current={one === view ? "page" : undefined} onClick={() => onView(one)}>
            {words.inbox.views[one]}
            {count(one) !== null && count(one) !== 0 && <span className={styles.count}>{count(one)}</span>}
          </UnstyledButton>
        ))}
      </nav>
      <div className={styles.find}>
        <TextInput
          ref={searchBox}
          type="search"
          size="sm"
          aria-label={words.inbox.search}
          placeholder={words.inbox.search}
          leftSection={<Icon name="search" size={16} />}
          rightSection={text === "" ? <Kbd size="xs">/</Kbd> : null}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key === "Escape") event.currentTarget.blur();
          }}
        />
        <FilterMenu view={view} filters={filters} onFilters={onFilters} />
      </div>
      <p className={styles.total} role="status">
        {pending ? words.loading : failed ? "" : words.inbox.shown(total)}
        {counts !== undefined && counts.overdue > 0 && view !== "resolved" && (
          <Badge color="red" variant="light" size="sm" radius="sm" className={styles.overdue}>
            {words.inbox.overdue(counts.overdue)}
          </Badge>
        )}
      </p>
    </header>
  );
}
