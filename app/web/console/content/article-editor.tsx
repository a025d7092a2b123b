import { useQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { useMemo } from "react";
import { Problem } from "../api/problem";
import { contentWords as words } from "../words/en-content";
import { Desk } from "./desk";
import { LoadFailed, Loading, Nothing } from "./page";
import styles from "./page.module.css";
import { articleQuery } from "./queries";

/** One article in one language, loaded. */
export function ArticleEditor() {
  const { id, locale } = useParams({ from: "/shell/content/articles/$id/$locale" });
  const key = useMemo(() => ({ article_id: id, locale }), [id, locale]);
  const { data, error, isPending, refetch } = useQuery(articleQuery(key));
  if (data !== undefined) return <Desk key={`${id}/${locale}`} at={key} detail={data} />;
  return (
    <div className={styles.page}>
      {isPending ? (
        <Loading />
      ) : error instanceof Problem && error.status === 404 ? (
        <Nothing icon="search" text={[words.editor.notFound, ""]} />
      ) : (
        <LoadFailed error={error} onRetry={() => void refetch()} />
      )}
    </div>
  );
}
