import { Alert, Drawer, Loader, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { highlight } from "../../shared/html/highlight";
import { safeFragment } from "../../shared/html/safe";
import { api, ok } from "../api/client";
import type { Citation } from "../api/types";
import { useLast } from "../ui/use-last";
import { words } from "../words/words";
import styles from "./article-drawer.module.css";

interface Props {
  citation: Citation | null;
  audience: string;
  onClose: () => void;
}

/** What was cited, at that revision, with the quote marked. */
export function ArticleDrawer({ citation, audience, onClose }: Props) {
  const shown = useLast(citation);
  return (
    <Drawer
      opened={citation !== null}
      onClose={onClose}
      position="right"
      size="lg"
      title={shown?.title}
      closeButtonProps={{ "aria-label": words.close }}
      classNames={{ title: styles.title }}
    >
      {shown !== null && <Cited citation={shown} audience={audience} />}
    </Drawer>
  );
}

function Cited({ citation, audience }: { citation: Citation; audience: string }) {
  const { article_id: id, revision, locale, quote } = citation;
  const body = useRef<HTMLDivElement>(null);
  const { data, isError, isPending } = useQuery({
    queryKey: ["article", id, revision, locale, audience],
    queryFn: () =>
      ok(
        api.GET("/v1/articles/{article_id}", {
          params: { path: { article_id: id }, query: { revision, ...(locale ? { locale } : {}), audience: audience as "buyer" | "seller" } },
        }),
      ),
    staleTime: Number.POSITIVE_INFINITY,
  });
  useEffect(() => {
    if (data === undefined || body.current === null) return;
    body.current.replaceChildren(safeFragment(data.html));
    highlight(body.current, quote)?.scrollIntoView({ block: "center" });
  }, [data, quote]);
  return (
    <>
      <Text size="sm" c="dimmed" mb="md">
        {words.dialogs.article(id, revision)}
      </Text>
      {isPending && <Loader size="sm" aria-label={words.loading} />}
      {isError && (
        <Alert color="red" variant="light" title={words.dialogs.articleFailed}>
          <blockquote className={styles.quote}>{quote}</blockquote>
        </Alert>
      )}
      <div ref={body} className="md article" />
    </>
  );
}
