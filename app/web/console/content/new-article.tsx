import { Alert, Button, Group, Modal, MultiSelect, NativeSelect, Stack, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { api, ok } from "../api/client";
import { inWords } from "../ui/problem";
import { content } from "../words/en-content";
import { words } from "../words/words";
import { refresh } from "./data";
import { withField } from "./front-matter";

const LANGUAGES = ["en", "es", "pt-BR"];
const AUDIENCES = ["buyer", "seller"];

const slug = (title: string) =>
  title
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "")
    .slice(0, 80);

export function NewArticle({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  return (
    <Modal opened={opened} onClose={onClose} title={content.editor.newTitle} closeButtonProps={{ "aria-label": words.close }}>
      <Form onClose={onClose} />
    </Modal>
  );
}

function Form({ onClose }: { onClose: () => void }) {
  const [title, setTitle] = useState("");
  const [id, setId] = useState<string | null>(null);
  const [locale, setLocale] = useState("en");
  const [audience, setAudience] = useState(AUDIENCES);
  const navigate = useNavigate();
  const name = id ?? slug(title);
  const begin = useMutation({
    mutationFn: () => {
      let text = `---\nid: ${name}\ntitle: x\nkind: faq\naudience: [${audience.join(", ")}]\nlocale: ${locale}\n---\n\n`;
      text = withField(text, "title", title.trim());
      return ok(api.POST("/v1/editor/drafts", { body: { text } }));
    },
    onSuccess: (draft) => {
      refresh();
      onClose();
      void navigate({ to: "/content/articles/$id/$locale", params: { id: draft.article_id, locale: draft.locale } });
    },
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        begin.mutate();
      }}
    >
      <Stack gap="md">
        {begin.isError && (
          <Alert color="red" variant="light" role="alert">
            {inWords(begin.error)}
          </Alert>
        )}
        <TextInput data-autofocus label={content.editor.fields.title} value={title} maxLength={300} onChange={(event) => setTitle(event.currentTarget.value)} />
        <TextInput label={content.editor.newId} description={content.editor.newIdHint} value={name} maxLength={120} onChange={(event) => setId(event.currentTarget.value)} />
        <MultiSelect
          label={content.editor.fields.audience}
          data={AUDIENCES.map((value) => ({ value, label: content.audience[value] ?? value }))}
          value={audience}
          onChange={setAudience}
        />
        <NativeSelect label={content.list.language} data={LANGUAGES} value={locale} onChange={(event) => setLocale(event.currentTarget.value)} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {words.cancel}
          </Button>
          <Button type="submit" loading={begin.isPending} disabled={title.trim() === "" || name === "" || audience.length === 0}>
            {content.editor.create}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
