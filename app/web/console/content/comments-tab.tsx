import { Button, Stack, Textarea } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { api, ok } from "../api/client";
import { inWords } from "../ui/problem";
import { clock } from "../ui/time";
import { contentWords } from "../words/en-content";
import { LoadFailed, Loading } from "./page";
import styles from "./tab-list.module.css";
import type { Key } from "./types";

const COMMENTS = contentWords.comments;
const PATH = "/v1/editor/drafts/{article_id}/{locale}/comments";

export function CommentsTab({ at, hasDraft }: { at: Key; hasDraft: boolean }) {
  const [text, setText] = useState("");
  const { data, error, isPending, refetch } = useQuery({
    queryKey: ["content", "comments", at.article_id, at.locale],
    queryFn: () => ok(api.GET(PATH, { params: { path: at } })),
    enabled: hasDraft,
  });
  const add = useMutation({
    mutationFn: () => ok(api.POST(PATH, { params: { path: at }, body: { text: text.trim() } })),
    onSuccess: () => setText(""),
    onError: (problem) => notifications.show({ color: "red", message: inWords(problem) }),
    onSettled: () => void refetch(),
  });
  if (!hasDraft) return <p>{COMMENTS.none}</p>;
  return (
    <Stack>
      {error !== null && <LoadFailed error={error} onRetry={() => void refetch()} />}
      {isPending && <Loading />}
      {data?.items.length === 0 && <p>{COMMENTS.none}</p>}
      <ul className={styles.list}>
        {data?.items.map((one) => (
          <li key={one.id} className={styles.item}>
            <span className={styles.about}>
              <strong>{one.by}</strong> {one.action === null ? "" : COMMENTS.actions[one.action]} · {clock(one.at)}
            </span>
            {one.text !== "" && <p className={styles.text}>{one.text}</p>}
          </li>
        ))}
      </ul>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (text.trim() !== "") add.mutate();
        }}
      >
        <Stack gap="xs" align="flex-start">
          <Textarea w="100%" rows={3} label={COMMENTS.label} value={text} onChange={(event) => setText(event.currentTarget.value)} />
          <Button size="sm" type="submit" variant="default" loading={add.isPending}>
            {COMMENTS.submit}
          </Button>
        </Stack>
      </form>
    </Stack>
  );
}
