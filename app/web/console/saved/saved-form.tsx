import { Alert, Button, Group, Stack, Switch, Text, TextInput, Textarea } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useRef, useState } from "react";
import { api, ok } from "../api/client";
import type { SavedReply } from "../api/types";
import { inWords } from "../ui/problem";
import { words } from "../words/words";

interface Props {
  reply: SavedReply | null;
  variables: string[];
  mayShare: boolean;
  onDone: () => void;
}

export function SavedForm({ reply, variables, mayShare, onDone }: Props) {
  const [title, setTitle] = useState(reply?.title ?? "");
  const [text, setText] = useState(reply?.text ?? "");
  const [shortcut, setShortcut] = useState(reply?.shortcut ?? "");
  const [shared, setShared] = useState(reply?.shared ?? false);
  const box = useRef<HTMLTextAreaElement>(null);
  const save = useMutation({
    mutationFn: () => {
      const body = { title: title.trim(), text: text.trim(), shared, ...(shortcut.trim() === "" ? {} : { shortcut: shortcut.trim().replace(/^\//, "") }) };
      return reply === null
        ? ok(api.POST("/v1/saved-replies", { body }))
        : ok(api.PUT("/v1/saved-replies/{reply_id}", { params: { path: { reply_id: reply.id } }, body }));
    },
    onSuccess: onDone,
  });
  const insert = (variable: string) => {
    const at = box.current?.selectionStart ?? text.length;
    setText(`${text.slice(0, at)}{{${variable}}}${text.slice(at)}`);
    box.current?.focus();
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (title.trim() !== "" && text.trim() !== "" && !save.isPending) save.mutate();
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="md">
        {save.error !== null && <Alert color="red" variant="light">{inWords(save.error)}</Alert>}
        <TextInput data-autofocus autoFocus label={words.saved.name} maxLength={120} value={title} onChange={(event) => setTitle(event.currentTarget.value)} />
        <Textarea ref={box} label={words.saved.text} autosize minRows={4} maxRows={12} maxLength={4_000} value={text} onChange={(event) => setText(event.currentTarget.value)} />
        <div>
          <Text size="sm" fw={500}>
            {words.saved.variables}
          </Text>
          <Group gap={6} mt={4}>
            {variables.map((variable) => (
              <Button key={variable} size="compact-xs" variant="default" onClick={() => insert(variable)}>
                {variable.replaceAll("_", " ")}
              </Button>
            ))}
          </Group>
        </div>
        <TextInput label={words.saved.shortcut} description={words.saved.shortcutHint} maxLength={40} value={shortcut} onChange={(event) => setShortcut(event.currentTarget.value)} />
        {mayShare && <Switch label={words.saved.shared} checked={shared} onChange={(event) => setShared(event.currentTarget.checked)} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onDone}>
            {words.cancel}
          </Button>
          <Button type="submit" loading={save.isPending} disabled={title.trim() === "" || text.trim() === ""}>
            {words.save}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
