import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { api, ok } from "../api/client";
import { clock } from "../ui/time";
import { contentWords } from "../words/en-content";
import { DiffView } from "./diff-view";
import { LoadFailed } from "./page";
import styles from "./tab-list.module.css";
import type { ArticleDetail, Key } from "./types";

interface Props {
  at: Key;
  detail: ArticleDetail;
  version: number;
  text: string;
  onText: (text: string) => void;
}

interface Shown {
  id: string;
  name: string;
  text: string;
}

const HISTORY = contentWords.history;

/** Every text that was live and every save; any can be put back. */
export function HistoryTab({ at, detail, version, text, onText }: Props) {
  const [shown, setShown] = useState<Shown | null>(null);
  const saves = useQuery({
    queryKey: ["content", "saves", at.article_id, at.locale, version],
    queryFn: () => ok(api.GET("/v1/editor/drafts/{article_id}/{locale}/saves", { params: { path: at } })),
  });
  const showRevision = async (number: number) => {
    const found = await ok(api.GET("/v1/editor/articles/{article_id}/{locale}/revisions/{number}", { params: { path: { ...at, number } } }));
    setShown({ id: `r${number}`, name: HISTORY.revision(number), text: found.text });
  };
  const put = () => {
    if (shown !== null) onText(shown.text);
    setShown(null);
  };
  const compared = shown !== null && (
    <li className={styles.item}>
      <Button size="compact-sm" variant="default" onClick={put}>
        {HISTORY.restore}
      </Button>
      <div className={styles.text}>
        <DiffView before={shown.text} after={text} names={[shown.name, contentWords.diff.after]} />
      </div>
    </li>
  );
  return (
    <>
      <h3 className={styles.sub}>{HISTORY.revisions}</h3>
      <ul className={styles.list}>
        {detail.revisions.length === 0 && <li className={styles.item}>{HISTORY.none}</li>}
        {detail.revisions.map((one) => (
          <li key={one.number} className={styles.item}>
            <span className={styles.about}>
              <strong>{HISTORY.revision(one.number)}</strong> <span className={styles.dim}>{clock(one.created_at)}</span>
            </span>
            <Button size="compact-xs" variant="default" onClick={() => void showRevision(one.number)}>
              {HISTORY.show}
            </Button>
          </li>
        ))}
        {shown?.id.startsWith("r") === true && compared}
      </ul>
      <h3 className={styles.sub}>{HISTORY.saves}</h3>
      {saves.isError && <LoadFailed error={saves.error} onRetry={() => void saves.refetch()} />}
      <ul className={styles.list}>
        {saves.data?.items.length === 0 && <li className={styles.item}>{HISTORY.none}</li>}
        {saves.data?.items.map((one) => (
          <li key={one.id} className={styles.item}>
            <span className={styles.about}>
              {one.by} · {clock(one.at)} <span className={styles.dim}>{HISTORY.kinds[one.kind] ?? one.kind}</span>
            </span>
            <Button size="compact-xs" variant="default" onClick={() => setShown({ id: `s${one.id}`, name: clock(one.at), text: one.text })}>
              {HISTORY.show}
            </Button>
          </li>
        ))}
        {shown?.id.startsWith("s") === true && compared}
      </ul>
    </>
  );
}
