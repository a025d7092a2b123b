import { ActionIcon, Badge, Button, Modal, Stack, Text } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { api, ok } from "../api/client";
import type { SavedReply } from "../api/types";
import { useMe } from "../session/session";
import { Icon } from "../ui/icon";
import { inWords } from "../ui/problem";
import { words } from "../words/words";
import styles from "./saved.module.css";
import { SavedForm } from "./saved-form";

/** My saved replies, and those that everybody has. */
export function SavedReplies({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  return (
    <Modal opened={opened} onClose={onClose} title={words.saved.title} size="lg" closeButtonProps={{ "aria-label": words.close }}>
      <List />
    </Modal>
  );
}

function List() {
  const me = useMe();
  const client = useQueryClient();
  const [edited, setEdited] = useState<SavedReply | "new" | null>(null);
  const { data } = useQuery({ queryKey: ["saved"], queryFn: () => ok(api.GET("/v1/saved-replies")), staleTime: 0 });
  const refresh = () => void client.invalidateQueries({ queryKey: ["saved"] });
  const remove = useMutation({
    mutationFn: (id: number) => ok(api.DELETE("/v1/saved-replies/{reply_id}", { params: { path: { reply_id: id } } })),
    onError: (error) => notifications.show({ color: "red", message: inWords(error) }),
    onSettled: refresh,
  });
  if (edited !== null) {
    return (
      <SavedForm
        reply={edited === "new" ? null : edited}
        variables={data?.variables ?? []}
        mayShare={me.can.includes("lead")}
        onDone={() => {
          setEdited(null);
          refresh();
        }}
      />
    );
  }
  return (
    <Stack gap="md">
      <Button data-autofocus variant="light" onClick={() => setEdited("new")}>
        {words.saved.new}
      </Button>
      {data?.replies.length === 0 && <Text c="dimmed">{words.saved.none}</Text>}
      <ul className={styles.list}>
        {data?.replies.map((reply) => (
          <li key={reply.id} className={styles.reply}>
            <div className={styles.words}>
              <strong>{reply.title}</strong>
              {reply.shortcut != null && <code>/{reply.shortcut}</code>}
              {reply.shared && (
                <Badge size="xs" variant="light" tt="none">
                  {words.saved.shared}
                </Badge>
              )}
              <p>{reply.text}</p>
            </div>
            {(!reply.shared || me.can.includes("lead")) && (
              <>
                <ActionIcon variant="subtle" color="gray" size={34} aria-label={words.saved.edit(reply.title)} onClick={() => setEdited(reply)}>
                  <Icon name="pencil" />
                </ActionIcon>
                <ActionIcon variant="subtle" color="gray" size={34} aria-label={`${words.saved.remove}: ${reply.title}`} onClick={() => remove.mutate(reply.id)}>
                  <Icon name="close" />
                </ActionIcon>
              </>
            )}
          </li>
        ))}
      </ul>
    </Stack>
  );
}
