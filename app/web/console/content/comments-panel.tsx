import { Alert, Button, Group, Stack, Textarea } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { api, ok } from "../api/client";
import { inWords } from "../ui/problem";
import { clock } from "../ui/time";
import { content } from "../words/en-content";
import { commentsQuery, path, refresh } from "./data";
import styles from "./editor.module.css";
import type { Draft, Key } from "./types";

type Action = "request" | "approve" | "reject";

export function CommentsPanel({ at, draft }: { at: Key; draft: Draft | null }) {
  const [text, setText] = useState("");
  const client = useQueryClient();
  const { data } = useQuery(commentsQuery(at));
  const settled = () => {
    refresh();
    void client.invalidateQueries(commentsQuery(at));
  };
  const say = useMutation({
    mutationFn: async (action: Action | null): Promise<unknown> =>
      action === null
        ? await ok(api.POST("/v1/editor/drafts/{article_id}/{locale}/comments", { ...path(at), body: { text: text.trim() } }))
        : await ok(
            api.POST("/v1/editor/drafts/{article_id}/{locale}/review", {
              ...path(at),
              body: { action, comment: text.trim(), ...(draft === null ? {} : { version: draft.version }) },
            }),
          ),
    onSuccess: () => setText(""),
    onSettled: settled,
  });
  const may = draft !== null && !say.isPending;
  return (
    <Stack gap="md">
      {data?.items.length === 0 && <p>{content.comments.none}</p>}
      <ul className={styles.list}>
        {data?.items.map((comment) => (
          <li key={comment.id} className={styles.item}>
            <span className={styles.quiet}>
              <strong>{comment.by}</strong> {comment.action != null && content.comments.did[comment.action]} · {clock(comment.at)}
              {comment.line != null && ` · ${content.editor.line(comment.line)}`}
            </span>
            {comment.text !== "" && <p>{comment.text}</p>}
          </li>
        ))}
      </ul>
      {say.isError && (
        <Alert color="red" variant="light" role="alert">
          {inWords(say.error)}
        </Alert>
      )}
      <Textarea label={content.comments.write} autosize minRows={2} maxLength={4_000} value={text} onChange={(event) => setText(event.currentTarget.value)} />
      <Group>
        <Button variant="default" disabled={text.trim() === "" || say.isPending} onClick={() => say.mutate(null)}>
          {content.comments.send}
        </Button>
        {draft?.status === "in_review" ? (
          <>
            <Button disabled={!may} onClick={() => say.mutate("approve")}>
              {content.comments.approve}
            </Button>
            <Button variant="default" disabled={!may} onClick={() => say.mutate("reject")}>
              {content.comments.reject}
            </Button>
          </>
        ) : (
          <Button disabled={!may} onClick={() => say.mutate("request")}>
            {content.comments.request}
          </Button>
        )}
      </Group>
    </Stack>
  );
}
