import { Alert, Button, Modal, Stack, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { api, ok } from "../api/client";
import { inWords } from "../ui/problem";
import { contentWords } from "../words/en-content";
import { words } from "../words/words";
import { newArticle } from "./front-matter";
import { refreshContent } from "./queries";

/** Asks for a title only; all else is in the editor. */
export function NewArticle() {
  const navigate = useNavigate();
  const [opened, setOpened] = useState(false);
  const [title, setTitle] = useState("");
  const create = useMutation({
    mutationFn: () => ok(api.POST("/v1/editor/drafts", { body: { text: newArticle(title.trim()) } })),
    onSuccess: (draft) => {
      setOpened(false);
      refreshContent();
      void navigate({ to: "/content/articles/$id/$locale", params: { id: draft.article_id, locale: draft.locale } });
    },
  });
  return (
    <>
      <Button onClick={() => setOpened(true)}>{contentWords.list.new}</Button>
      <Modal opened={opened} onClose={() => setOpened(false)} title={contentWords.list.new} closeButtonProps={{ "aria-label": words.close }}>
        <form
          onSubmit={(event) => {
            event.preventDefault();
            if (title.trim() !== "") create.mutate();
          }}
        >
          <Stack>
            <TextInput data-autofocus required maxLength={300} label={contentWords.list.newTitle} value={title} onChange={(event) => setTitle(event.currentTarget.value)} />
            {create.isError && (
              <Alert color="red" variant="light" role="alert">
                {inWords(create.error)}
              </Alert>
            )}
            <Button type="submit" loading={create.isPending}>
              {contentWords.list.new}
            </Button>
          </Stack>
        </form>
      </Modal>
    </>
  );
}
