import { Alert, Button, EmptyState, Skeleton } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { api, ok } from "../api/client";
import type { AuditEntry } from "../api/types";
import { Icon } from "../ui/icon";
import { inWords } from "../ui/problem";
import { dayOf } from "../ui/time";
import { words } from "../words/words";
import { AuditEntryRow } from "./audit-entry";
import { AuditFilterForm } from "./audit-filters";
import styles from "./audit.module.css";
import { asked, type AuditFilters, narrowed } from "./filters";
import { useNames } from "./names";

const { audit } = words;
const PAGE = 50;

/** Who saw and did what, for leads and admins. */
export function AuditRoom() {
  const filters = useSearch({ from: "/shell/audit" });
  const navigate = useNavigate();
  const change = (search: AuditFilters) => void navigate({ to: "/audit", search, replace: true });
  return (
    <section className={styles.room} aria-labelledby="audit-title">
      <div className={styles.page}>
        <header className={styles.head}>
          <h1 id="audit-title">{audit.title}</h1>
          <p>{audit.lead}</p>
        </header>
        <AuditFilterForm filters={filters} onChange={(changes) => change(narrowed(filters, changes))} onClear={() => change({})} />
        <Entries key={JSON.stringify(filters)} filters={filters} />
      </div>
    </section>
  );
}

function Entries({ filters }: { filters: AuditFilters }) {
  const names = useNames();
  const list = useInfiniteQuery({
    queryKey: ["audit-trail", filters],
    initialPageParam: 0,
    queryFn: ({ pageParam, signal }) =>
      ok(api.GET("/v1/audit", { params: { query: { limit: PAGE, ...asked(filters), ...(pageParam === 0 ? {} : { before: pageParam }) } }, signal })),
    getNextPageParam: (page) => page.next_before ?? undefined,
    staleTime: 0,
    // Rows would move while somebody reads them.
    refetchOnWindowFocus: false,
  });
  if (list.data === undefined) {
    if (!list.isError) return <Loading />;
    return (
      <EmptyState role="alert" icon={<Icon name="warn" size={36} />} title={audit.failed} description={inWords(list.error)}>
        <EmptyState.Actions mt="xs">
          <Button variant="default" onClick={() => void list.refetch()}>
            {words.retry}
          </Button>
        </EmptyState.Actions>
      </EmptyState>
    );
  }
  const entries = list.data.pages.flatMap((page) => page.entries);
  if (entries.length === 0) {
    return <EmptyState role="status" icon={<Icon name="search" size={36} />} title={audit.noMatch[0]} description={audit.noMatch[1]} />;
  }
  return (
    <>
      {list.isRefetchError && !list.isFetchNextPageError && (
        <Alert color="red" variant="light" role="alert" title={audit.failed}>
          {inWords(list.error)}
        </Alert>
      )}
      <p className={styles.count} role="status">
        {audit.shown(entries.length, !list.hasNextPage)}
      </p>
      {byDay(entries).map(([day, those]) => (
        <section key={day} aria-label={day}>
          <h2 className={styles.day}>{day}</h2>
          <ol className={styles.entries}>
            {those.map((entry) => (
              <AuditEntryRow key={entry.id} entry={entry} names={names} />
            ))}
          </ol>
        </section>
      ))}
      {list.isFetchNextPageError && <Alert color="red" variant="light" role="alert">{audit.moreFailed}</Alert>}
      {list.hasNextPage && (
        <Button variant="default" className={styles.more} loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {audit.older}
        </Button>
      )}
    </>
  );
}

function Loading() {
  return (
    <div className={styles.loading} role="status" aria-label={words.loading}>
      {[0, 1, 2, 3, 4, 5].map((row) => (
        <Skeleton key={row} height={46} radius="md" />
      ))}
    </div>
  );
}

function byDay(entries: AuditEntry[]): [string, AuditEntry[]][] {
  const days = new Map<string, AuditEntry[]>();
  for (const entry of entries) {
    const day = dayOf(entry.at);
    days.set(day, [...(days.get(day) ?? []), entry]);
  }
  return [...days];
}
