import { Alert, Button, EmptyState, Loader } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useEffect, useRef, useState } from "react";
import { api, ok } from "../api/client";
import { useShortcuts } from "../shell/shortcuts";
import { Icon } from "../ui/icon";
import { inWords } from "../ui/problem";
import { content } from "../words/en-content";
import { words } from "../words/words";
import { ArticleTable } from "./article-table";
import { BulkBar } from "./bulk-bar";
import styles from "./content.module.css";
import { listKey } from "./data";
import { FilterBar } from "./filter-bar";
import type { Filters } from "./filters";
import { NewArticle } from "./new-article";
import { named } from "./types";

export function ArticleList() {
  const filters = useSearch({ from: "/shell/content/articles" });
  const navigate = useNavigate();
  const search = useRef<HTMLInputElement>(null);
  const [picked, setPicked] = useState<ReadonlySet<string>>(new Set());
  const [begins, setBegins] = useState(false);
  const list = useInfiniteQuery({
    queryKey: listKey(filters),
    queryFn: ({ pageParam }) => {
      const { status, ...rest } = filters;
      const query = { ...rest, ...(status === undefined ? {} : { status: [status] }), ...(pageParam === null ? {} : { after: pageParam }) };
      return ok(api.GET("/v1/editor/articles", { params: { query } }));
    },
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    placeholderData: (before) => before,
    staleTime: 0,
  });
  useEffect(() => setPicked(new Set()), [filters]);
  useShortcuts({ "/": () => search.current?.focus(), n: () => setBegins(true) });
  const rows = list.data?.pages.flatMap((page) => page.items) ?? [];
  const total = list.data?.pages[0]?.total ?? 0;
  const narrow = (next: Filters) => void navigate({ to: "/content/articles", search: next, replace: true });
  const chosen = rows.filter((row) => picked.has(named(row)));
  return (
    <div className={styles.list}>
      <FilterBar filters={filters} rows={rows} searchBox={search} onChange={narrow} />
      <div className={styles.bar}>
        <span role="status" className={styles.sub}>
          {list.isPending ? words.loading : content.list.found(total)}
        </span>
        <Button leftSection={<Icon name="pencil" />} onClick={() => setBegins(true)}>
          {content.list.new}
        </Button>
      </div>
      {list.isPending && <Loader aria-label={words.loading} />}
      {list.isError && (
        <Alert color="red" variant="light" role="alert">
          {inWords(list.error)}{" "}
          <Button size="compact-sm" variant="light" color="red" onClick={() => void list.refetch()}>
            {words.retry}
          </Button>
        </Alert>
      )}
      {list.isSuccess && rows.length === 0 && <Nothing narrowed={Object.keys(filters).length > 0} />}
      {rows.length > 0 && <ArticleTable rows={rows} picked={picked} onPick={setPicked} />}
      {list.hasNextPage && (
        <Button mt="md" variant="default" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {content.list.more}
        </Button>
      )}
      {chosen.length > 0 && <BulkBar rows={chosen} onDone={() => setPicked(new Set())} />}
      <NewArticle opened={begins} onClose={() => setBegins(false)} />
    </div>
  );
}

function Nothing({ narrowed }: { narrowed: boolean }) {
  return narrowed ? (
    <EmptyState icon={<Icon name="search" size={40} />} title={content.list.none} description={content.list.noneWhat} />
  ) : (
    <EmptyState icon={<Icon name="content" size={40} />} title={content.list.empty} description={content.list.emptyWhat} />
  );
}
