import { Alert, Badge, Button, Checkbox, NativeSelect } from "@mantine/core";
import { useInfiniteQuery, useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { api, ok } from "../api/client";
import { inWords } from "../ui/problem";
import { contentWords } from "../words/en-content";
import styles from "./import-page.module.css";
import { ProgressBar } from "./progress-bar";
import { refreshContent } from "./queries";
import type { ImportItem } from "./types";

const IMPORTS = contentWords.imports;
const PATH = "/v1/editor/imports/{job_id}";
const LOOK = 500;
const ACTIONS = ["add", "update", "same", "refused"] as const;
type Action = (typeof ACTIONS)[number];

/** What an import found: what would be new, changed, the same, and what was refused and why. */
export function ImportResult({ id }: { id: number }) {
  const [action, setAction] = useState<Action | "">("");
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const path = { job_id: id };
  const { data: job, error } = useQuery({
    queryKey: ["content", "import", id],
    queryFn: () => ok(api.GET(PATH, { params: { path, query: { limit: 0 } } })),
    refetchInterval: (query) => (query.state.data?.state === "queued" || query.state.data?.state === "running" ? LOOK : false),
  });
  const list = useInfiniteQuery({
    queryKey: ["content", "import", id, "items", action, job?.state],
    queryFn: ({ pageParam }) => ok(api.GET(PATH, { params: { path, query: { after: pageParam, ...(action === "" ? {} : { action }) } } })),
    initialPageParam: -1,
    getNextPageParam: (page) => page.next,
    enabled: job?.state === "done",
  });
  const items = list.data?.pages.flatMap((page) => page.items) ?? [];
  const accept = useMutation({
    mutationFn: () => {
      // Without names all are saved, also those on pages that were not opened.
      const names = left.size === 0 ? null : items.filter((item) => isNew(item) && !left.has(item.name)).map((item) => item.name);
      return ok(api.POST(`${PATH}/accept`, { params: { path }, body: { names } }));
    },
    onSettled: refreshContent,
  });
  if (job === undefined) return error === null ? <ProgressBar label={IMPORTS.states["queued"] ?? ""} /> : <p role="alert">{inWords(error)}</p>;
  if (job.state === "queued" || job.state === "running") return <ProgressBar label={job.stage || (IMPORTS.states[job.state] ?? "")} done={job.done} total={job.total} />;
  if (job.state !== "done") {
    return (
      <Alert color="red" variant="light" role="alert" title={IMPORTS.states[job.state]}>
        {job.error}
      </Alert>
    );
  }
  const wanted = (job.counts.add ?? 0) + (job.counts.update ?? 0) - job.saved - left.size;
  return (
    <section aria-label={IMPORTS.items}>
      <div className={styles.tools}>
        <NativeSelect
          size="sm"
          aria-label={IMPORTS.items}
          value={action}
          onChange={(event) => setAction(event.currentTarget.value as Action | "")}
          data={[{ value: "", label: `${IMPORTS.all} (${sum(Object.values(job.counts))})` }, ...ACTIONS.map((one) => ({ value: one, label: `${IMPORTS.actions[one]} (${job.counts[one] ?? 0})` }))]}
        />
        <Button size="sm" disabled={wanted <= 0} loading={accept.isPending} onClick={() => accept.mutate()}>
          {IMPORTS.accept(Math.max(0, wanted))}
        </Button>
        {accept.isSuccess && <span role="status">{IMPORTS.saved(accept.data.saved)}</span>}
        {accept.isError && <span role="alert">{inWords(accept.error)}</span>}
      </div>
      {accept.data?.problems !== undefined && accept.data.problems.length > 0 && (
        <Alert color="red" variant="light" role="alert" mb="sm">
          {accept.data.problems.map((problem) => (
            <div key={problem}>{problem}</div>
          ))}
        </Alert>
      )}
      <ul className={styles.items}>
        {items.map((item) => (
          <Item
            key={item.position}
            item={item}
            chosen={!left.has(item.name)}
            onToggle={() => {
              const next = new Set(left);
              if (!next.delete(item.name)) next.add(item.name);
              setLeft(next);
            }}
          />
        ))}
      </ul>
      {list.hasNextPage && (
        <Button mt="sm" variant="default" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {IMPORTS.more}
        </Button>
      )}
    </section>
  );
}

function Item({ item, chosen, onToggle }: { item: ImportItem; chosen: boolean; onToggle: () => void }) {
  const [open, setOpen] = useState(false);
  const takes = isNew(item);
  return (
    <li className={styles.entry} data-action={item.action}>
      <Checkbox size="sm" aria-label={IMPORTS.choose(item.title || item.name)} disabled={!takes} checked={takes && chosen} onChange={onToggle} />
      <span>
        <strong>{item.title || item.name}</strong> <span className={styles.reason}>{item.title === "" ? "" : item.name}</span>
        {item.reason !== "" && <span className={styles.reason}>{item.reason}</span>}
        {item.text !== "" && (
          <Button size="compact-xs" variant="default" aria-expanded={open} onClick={() => setOpen(!open)}>
            {IMPORTS.text}
          </Button>
        )}
      </span>
      <Badge variant={item.action === "refused" ? "outline" : "light"} color={item.action === "refused" ? "red" : item.action === "same" ? "gray" : "baton"} size="sm" tt="none" autoContrast>
        {item.saved ? IMPORTS.isSaved : (IMPORTS.actions[item.action] ?? item.action)}
      </Badge>
      {open && (
        <pre className={styles.text} tabIndex={0}>
          {item.text}
        </pre>
      )}
    </li>
  );
}

function isNew(item: ImportItem): boolean {
  return (item.action === "add" || item.action === "update") && !item.saved;
}

function sum(numbers: number[]): number {
  return numbers.reduce((all, one) => all + one, 0);
}
