import { Alert, Button, Skeleton } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { api, ok } from "../api/client";
import { auditDetail } from "../audit/detail";
import { useNames } from "../audit/names";
import { inWords } from "../ui/problem";
import { clock, whole } from "../ui/time";
import { words } from "../words/words";
import styles from "./panel.module.css";

const PAGE = 50;

/** Who saw, claimed, wrote and changed what; for leads. */
export function AuditTab({ id }: { id: string }) {
  const names = useNames();
  const audit = useInfiniteQuery({
    queryKey: ["audit", id],
    initialPageParam: 0,
    queryFn: ({ pageParam }) =>
      ok(
        api.GET("/v1/conversations/{conversation_id}/audit", {
          params: { path: { conversation_id: id }, query: { limit: PAGE, ...(pageParam === 0 ? {} : { before: pageParam }) } },
        }),
      ),
    getNextPageParam: (page) => page.next_before ?? undefined,
    staleTime: 0,
  });
  if (audit.isError && audit.data === undefined) return <Alert color="red" variant="light">{inWords(audit.error)}</Alert>;
  if (audit.data === undefined) return <Skeleton height={160} radius="md" />;
  const entries = audit.data.pages.flatMap((page) => page.entries);
  if (entries.length === 0) return <p className={styles.quiet}>{words.side.noAudit}</p>;
  return (
    <>
      <ul className={styles.entries}>
        {entries.map((entry) => {
          const detail = auditDetail(entry.action, entry.detail, names);
          return (
            <li key={entry.id}>
              <strong>{entry.staff?.name ?? "–"}</strong> {words.actions[entry.action] ?? entry.action}
              {detail !== null && <p className={styles.changed}>{detail}</p>}
              <time className={styles.by} dateTime={entry.at} title={whole(entry.at)}>
                {clock(entry.at)}
              </time>
            </li>
          );
        })}
      </ul>
      {audit.hasNextPage && (
        <Button mt="sm" size="xs" variant="default" loading={audit.isFetchingNextPage} onClick={() => void audit.fetchNextPage()}>
          {words.side.moreAudit}
        </Button>
      )}
    </>
  );
}
