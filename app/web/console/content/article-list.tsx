import { Button } from "@mantine/core";
import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useRef, useState } from "react";
import { api, ok } from "../api/client";
import { useShortcuts } from "../shell/shortcuts";
import { contentWords as words } from "../words/en-content";
import { ArticleTable } from "./article-table";
import { BulkBar } from "./bulk-bar";
import { type ArticleFilters, isNarrowed, narrowed } from "./filters";
import { ListFilters } from "./list-filters";
import { NewArticle } from "./new-article";
import { LoadFailed, Loading, Nothing, Page } from "./page";
import { keyText } from "./types";

function useArticles(filters: ArticleFilters) {
  const { q, status, ...rest } = filters;
  return useInfiniteQuery({
    queryKey: ["content", "articles", filters],
    queryFn: ({ pageParam }) =>
      ok(
        api.GET("/v1/editor/articles", {
          params: {
            query: {
              ...rest,
              ...(q === undefined ? {} : { query: q }),
              ...(status === undefined ? {} : { status: [status] }),
              ...(pageParam === null ? {} : { after: pageParam }),
            },
          },
        }),
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    placeholderData: keepPreviousData,
  });
}

/** All articles and drafts, with what may be done to many at once. */
export function ArticleList() {
  const filters = useSearch({ from: "/shell/content/articles" });
  const navigate = useNavigate();
  const list = useArticles(filters);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const search = useRef<HTMLInputElement>(null);
  useShortcuts({ "/": () => search.current?.focus() });

  const rows = list.data?.pages.flatMap((page) => page.items) ?? [];
  const total = list.data?.pages[0]?.total ?? 0;
  const change = (changes: Record<string, unknown>) => void navigate({ to: "/content/articles", search: narrowed(filters, changes), replace: true });
  return (
    <Page title={words.nav.articles} tools={<NewArticle />}>
      <ListFilters filters={filters} rows={rows} searchBox={search} onChange={change} />
      <p role="status" className="hidden">
        {list.isPending ? "" : words.list.total(total)}
      </p>
      {list.isPending ? (
        <Loading />
      ) : list.isError && rows.length === 0 ? (
        <LoadFailed error={list.error} onRetry={() => void list.refetch()} />
      ) : rows.length === 0 ? (
        <Nothing text={isNarrowed(filters) ? words.list.noMatch : words.list.none} />
      ) : (
        <>
          <BulkBar rows={rows.filter((row) => chosen.has(keyText(row)))} total={total} onClear={() => setChosen(new Set())} />
          <ArticleTable rows={rows} chosen={chosen} onChosen={setChosen} />
          {list.hasNextPage && (
            <Button variant="default" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
              {words.list.more}
            </Button>
          )}
        </>
      )}
    </Page>
  );
}
