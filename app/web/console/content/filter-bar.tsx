import { Checkbox, NativeSelect, TextInput } from "@mantine/core";
import { useDebouncedCallback } from "@mantine/hooks";
import { type RefObject, useEffect, useState } from "react";
import { content } from "../words/en-content";
import styles from "./content.module.css";
import { changed, type Filters, SORTS, STATUSES } from "./filters";
import type { ArticleRow } from "./types";

interface Props {
  filters: Filters;
  rows: ArticleRow[];
  searchBox: RefObject<HTMLInputElement | null>;
  onChange: (filters: Filters) => void;
}

const TYPING = 250;

export function FilterBar({ filters, rows, searchBox, onChange }: Props) {
  const [query, setQuery] = useState(filters.query ?? "");
  useEffect(() => setQuery(filters.query ?? ""), [filters.query]);
  const search = useDebouncedCallback((next: string) => onChange(changed(filters, "query", next)), TYPING);
  // What is there to choose from: what the list shows, and what is chosen already.
  const found = (values: (string | null | undefined)[], chosen?: string) =>
    [...new Set([...values, chosen].filter((value): value is string => typeof value === "string" && value !== ""))].sort();
  const choice = (name: "topic" | "audience" | "locale" | "owner", label: string, values: string[], shown: (value: string) => string = (value) => value) => (
    <NativeSelect
      label={label}
      value={filters[name] ?? ""}
      onChange={(event) => onChange(changed(filters, name, event.currentTarget.value))}
      data={[{ value: "", label: content.list.any }, ...values.map((value) => ({ value, label: shown(value) }))]}
    />
  );
  return (
    <search className={styles.filters}>
      <TextInput
        ref={searchBox}
        type="search"
        label={content.list.search}
        value={query}
        maxLength={200}
        onChange={(event) => {
          setQuery(event.currentTarget.value);
          search(event.currentTarget.value);
        }}
      />
      <NativeSelect
        label={content.list.status}
        value={filters.status ?? ""}
        onChange={(event) => onChange(changed(filters, "status", STATUSES.find((one) => one === event.currentTarget.value) ?? ""))}
        data={[{ value: "", label: content.list.any }, ...STATUSES.map((value) => ({ value, label: content.status[value] }))]}
      />
      {choice("topic", content.list.topic, found(rows.map((row) => row.topic), filters.topic))}
      {choice("audience", content.list.audience, ["buyer", "seller", "agent"], (value) => content.audience[value] ?? value)}
      {choice("locale", content.list.language, found(["en", "es", "pt-BR", ...rows.map((row) => row.locale)], filters.locale))}
      {choice("owner", content.list.owner, found(rows.map((row) => row.owner), filters.owner))}
      <NativeSelect
        label={content.list.sort}
        value={filters.sort ?? "title"}
        onChange={(event) => onChange(changed(filters, "sort", SORTS.find((one) => one === event.currentTarget.value) ?? "title"))}
        data={SORTS.map((value) => ({ value, label: content.list.sorts[value] ?? value }))}
      />
      <Checkbox label={content.list.overdue} checked={filters.overdue === true} onChange={(event) => onChange(changed(filters, "overdue", event.currentTarget.checked || null))} mb={8} />
    </search>
  );
}
