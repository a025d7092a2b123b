import { Alert, Button, Group, Menu, Modal, Text, TextInput } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { api, ok } from "../api/client";
import { inWords } from "../ui/problem";
import { content } from "../words/en-content";
import { words } from "../words/words";
import styles from "./content.module.css";
import { refresh } from "./data";
import { PublishDialog } from "./publish-dialog";
import type { ArticleRow, BulkAction, Key } from "./types";

interface Props {
  rows: ArticleRow[];
  onDone: () => void;
}

type Asked = "topic" | "owner" | "retire" | "discard";

const keyOf = (row: ArticleRow): Key => ({ article_id: row.article_id, locale: row.locale });

/** What can be done to all selected articles at once. Everything but retiring makes drafts, so nothing goes live by it. */
export function BulkBar({ rows, onDone }: Props) {
  const [asked, setAsked] = useState<Asked | null>(null);
  const [value, setValue] = useState("");
  const [publishes, setPublishes] = useState(false);
  const change = useMutation({
    mutationFn: (given: { action: BulkAction; value?: string }) => ok(api.POST("/v1/editor/bulk", { body: { keys: rows.map(keyOf), ...given } })),
    onSuccess: (outcomes) => {
      const failed = outcomes.items.filter((item) => !item.done);
      if (failed.length === 0) notifications.show({ message: content.bulk.done(outcomes.items.length) });
      setAsked(null);
      if (failed.length === 0) onDone();
    },
    onSettled: refresh,
  });
  const failed = change.data?.items.filter((item) => !item.done) ?? [];
  const drafts = rows.filter((row) => row.has_draft);
  const open = (one: Asked) => {
    setValue("");
    setAsked(one);
  };
  return (
    <section className={styles.bulk} aria-label={content.bulk.selected(rows.length)}>
      <Text fw={600}>{content.bulk.selected(rows.length)}</Text>
      <Button disabled={drafts.length === 0} onClick={() => setPublishes(true)}>
        {content.bulk.publish}
      </Button>
      <Button variant="default" loading={change.isPending} onClick={() => change.mutate({ action: "reviewed" })}>
        {content.bulk.reviewed}
      </Button>
      <Button variant="default" disabled={drafts.length === 0} onClick={() => change.mutate({ action: "request_review" })}>
        {content.bulk.request_review}
      </Button>
      <Menu>
        <Menu.Target>
          <Button variant="default" aria-label={words.talk.more}>
            …
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => open("topic")}>{content.bulk.topic}</Menu.Item>
          <Menu.Item onClick={() => open("owner")}>{content.bulk.owner}</Menu.Item>
          <Menu.Item disabled={drafts.length === 0} onClick={() => open("discard")}>
            {content.bulk.discard}
          </Menu.Item>
          <Menu.Item color="red" onClick={() => open("retire")}>
            {content.bulk.retire}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <Button variant="subtle" onClick={onDone}>
        {content.bulk.clear}
      </Button>
      {change.isError && (
        <Alert color="red" variant="light" role="alert" w="100%">
          {inWords(change.error)}
        </Alert>
      )}
      {failed.length > 0 && (
        <Alert color="red" variant="light" role="alert" w="100%" title={content.bulk.failed(failed.length)}>
          {failed.slice(0, 5).map((item) => (
            <div key={`${item.article_id}/${item.locale}`}>
              {item.article_id} ({item.locale}): {item.error}
            </div>
          ))}
        </Alert>
      )}
      <Modal opened={asked !== null} onClose={() => setAsked(null)} title={asked === null ? "" : content.bulk[asked]} closeButtonProps={{ "aria-label": words.close }}>
        <form
          onSubmit={(event) => {
            event.preventDefault();
            if (asked !== null) change.mutate({ action: asked, ...(value.trim() === "" ? {} : { value: value.trim() }) });
          }}
        >
          {asked === "retire" && <Text>{content.bulk.retireSure(rows.length)}</Text>}
          {asked === "discard" && <Text>{content.bulk.discardSure(drafts.length)}</Text>}
          {(asked === "topic" || asked === "owner") && (
            <TextInput data-autofocus label={content.bulk[asked]} value={value} maxLength={120} onChange={(event) => setValue(event.currentTarget.value)} />
          )}
          <Group justify="flex-end" mt="md">
            <Button variant="default" onClick={() => setAsked(null)}>
              {words.cancel}
            </Button>
            <Button type="submit" color={asked === "retire" ? "red" : "baton"} loading={change.isPending} disabled={(asked === "topic" || asked === "owner") && value.trim() === ""}>
              {asked === "retire" || asked === "discard" ? content.bulk[asked] : content.bulk.apply}
            </Button>
          </Group>
        </form>
      </Modal>
      {publishes && <PublishDialog keys={drafts.map(keyOf)} onClose={() => setPublishes(false)} />}
    </section>
  );
}
