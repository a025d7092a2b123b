import { EmptyState } from "@mantine/core";
import { Outlet, useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { useEffect, useRef } from "react";
import { useShortcuts } from "../shell/shortcuts";
import { Icon } from "../ui/icon";
import { words } from "../words/words";
import { changed, type Filters } from "./filters";
import styles from "./inbox.module.css";
import { ListHead } from "./list-head";
import { QueueList } from "./queue-list";
import { useQueueList } from "./queue";
import { useTake } from "./use-take";
import { VIEWS, type View } from "./view";

export function Inbox() {
  const { view, id } = useParams({ strict: false }) as { view: View; id?: string };
  const filters = useSearch({ from: "/shell/inbox/$view" });
  const navigate = useNavigate();
  const list = useQueueList(view, filters);
  const { take, taking } = useTake();
  const search = useRef<HTMLInputElement>(null);

  const show = (next: View, narrowed: Filters = {}) => void navigate({ to: "/inbox/$view", params: { view: next }, search: narrowed });
  const open = (to: string) => void navigate({ to: "/inbox/$view/$id", params: { view, id: to }, search: filters });
  // Where the last key led: the page may not be there yet when the next one comes.
  const cursor = useRef(id);
  useEffect(() => {
    cursor.current = id;
  }, [id]);
  const step = (by: number) => {
    const at = list.items.findIndex((item) => item.conversation_id === cursor.current);
    const next = list.items[at < 0 ? 0 : Math.max(0, at + by)];
    if (next === undefined) return;
    cursor.current = next.conversation_id;
    open(next.conversation_id);
  };
  useShortcuts({
    j: () => step(1),
    k: () => step(-1),
    u: () => show(view, filters),
    x: () => take(),
    "/": () => search.current?.focus(),
    ...Object.fromEntries(VIEWS.map((one, at) => [String(at + 1), () => show(one)])),
  });

  return (
    <div className={styles.inbox} data-open={id !== undefined}>
      <h1 className="hidden">{words.nav.inbox}</h1>
      <section className={styles.list} aria-label={words.inbox.label}>
        <ListHead
          view={view}
          filters={filters}
          total={list.total}
          pending={list.isPending}
          failed={list.isError && list.items.length === 0}
          searchBox={search}
          taking={taking}
          onTake={() => take()}
          onView={(next) => show(next)}
          onFilters={(next) => void navigate({ to: ".", search: next, replace: true })}
          onSearch={(q) => void navigate({ to: ".", search: changed(filters, "q", q), replace: true })}
        />
        <QueueList view={view} filters={filters} list={list} open={id ?? null} />
      </section>
      <div className={styles.work}>
        {id === undefined ? (
          <div className={styles.choose}>
            <EmptyState icon={<Icon name="inbox" size={44} />} title={words.inbox.choose[0]} description={words.inbox.choose[1]} />
          </div>
        ) : (
          <Outlet />
        )}
      </div>
    </div>
  );
}
