import { Checkbox, NativeSelect, TextInput } from "@mantine/core";
import { type RefObject, useEffect, useState } from "react";
import { Icon } from "../ui/icon";
import { contentWords as words } from "../words/en-content";
import { type ArticleFilters, AUDIENCES, SORTS, STATUSES } from "./filters";
import styles from "./list-filters.module.css";
import type { ArticleRow } from "./types";

interface Props {
  filters: ArticleFilters;
  /** What is shown now: their topics and owners are offered. */
  rows: ArticleRow[];
  searchBox: RefObject<HTMLInputElement | null>;
  onChange: (changes: Record<string, unknown>) => void;
}

/** A search begins when the typing pauses. */
const PAUSE = 250;
const LIST = words.list;

export function ListFilters({ filters, rows, searchBox, onChange }: Props) {
  const choice = (name: "status" | "audience" | "locale" | "topic" | "owner", values: readonly string[], names: Record<string, string>) => {
    const now = filters[name] ?? "";
    const offered = now === "" || values.includes(now) ? values : [now, ...values];
    return (
      <NativeSelect
        size="sm"
        aria-label={LIST[name]}
        value={now}
        onChange={(event) => onChange({ [name]: event.currentTarget.value })}
        data={[{ value: "", label: `${LIST[name]}: ${words.any}` }, ...offered.map((value) => ({ value, label: names[value] ?? value }))]}
      />
    );
  };
  return (
    <div className={styles.filters} role="group" aria-label={LIST.filters}>
      <Search q={filters.q ?? ""} box={searchBox} onSearch={(q) => onChange({ q })} />
      {choice("status", STATUSES, words.statuses)}
      {choice("audience", AUDIENCES, words.audiences)}
      {choice("locale", Object.keys(words.locales), words.locales)}
      {choice("topic", distinct(rows.map((row) => row.topic)), {})}
      {choice("owner", distinct(rows.map((row) => row.owner ?? "")), {})}
      <NativeSelect
        size="sm"
        aria-label={LIST.sort}
        value={filters.sort ?? "title"}
        onChange={(event) => onChange({ sort: event.currentTarget.value })}
        data={SORTS.map((value) => ({ value, label: `${LIST.sort}: ${LIST.sorts[value] ?? value}` }))}
      />
      <Checkbox size="sm" label={LIST.overdue} checked={filters.overdue ?? false} onChange={(event) => onChange({ overdue: event.currentTarget.checked })} />
    </div>
  );
}

function Search({ q, box, onSearch }: { q: string; box: RefObject<HTMLInputElement | null>; onSearch: (q: string) => void }) {
  const [text, setText] = useState(q);
  useEffect(() => setText(q), [q]);
  useEffect(() => {
    if (text.trim() === q) return;
    const timer = setTimeout(() => onSearch(text.trim()), PAUSE);
    return () => clearTimeout(timer);
  });
  return (
    <TextInput
      ref={box}
      type="search"
      size="sm"
      className={styles.search}
      aria-label={LIST.search}
      placeholder={LIST.search}
      leftSection={<Icon name="search" size={16} />}
      value={text}
      onChange={(event) => setText(event.currentTarget.value)}
    />
  );
}

function distinct(values: string[]): string[] {
  return [...new Set(values)].filter((value) => value !== "").sort();
}
