import { ActionIcon, Button, Indicator, Popover, Text, Tooltip, UnstyledButton } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { api, ok } from "../api/client";
import type { Mention } from "../api/types";
import { Icon } from "../ui/icon";
import { age } from "../ui/time";
import { useNarrow } from "../ui/use-narrow";
import { useNow } from "../ui/use-now";
import { words } from "../words/words";
import styles from "./mentions.module.css";
import rail from "./rail.module.css";

/** Where colleagues named me, or passed something on to me. */
export function Mentions() {
  const [opened, setOpened] = useState(false);
  const now = useNow();
  const narrow = useNarrow();
  const navigate = useNavigate();
  const client = useQueryClient();
  const { data } = useQuery({
    queryKey: ["mentions"],
    queryFn: () => ok(api.GET("/v1/me/mentions", { params: { query: { unread: true, limit: 50 } } })),
    refetchInterval: 60_000,
  });
  const read = useMutation({
    mutationFn: (ids: number[] | null) => ok(api.POST("/v1/me/mentions/read", { body: ids === null ? {} : { ids } })),
    onSettled: () => client.invalidateQueries({ queryKey: ["mentions"] }),
  });
  const mentions = data?.mentions ?? [];
  const open = (mention: Mention) => {
    setOpened(false);
    read.mutate([mention.id]);
    void navigate({ to: "/inbox/$view/$id", params: { view: "all", id: mention.conversation_id }, search: {} });
  };
  return (
    <Popover opened={opened} onChange={setOpened} position={narrow ? "bottom-end" : "right-end"} width={340} trapFocus returnFocus>
      <Popover.Target>
        <Tooltip label={words.nav.mentions} position="right" disabled={opened}>
          <Indicator label={data?.unread} disabled={!data?.unread} size={18} offset={8} color="red.8">
            <ActionIcon
              variant="transparent"
              size={40}
              className={rail.tool}
              aria-label={data?.unread ? `${words.nav.mentions} (${data.unread})` : words.nav.mentions}
              aria-expanded={opened}
              onClick={() => setOpened(!opened)}
            >
              <Icon name="at" size={22} />
            </ActionIcon>
          </Indicator>
        </Tooltip>
      </Popover.Target>
      <Popover.Dropdown aria-label={words.mentions.title}>
        <div className={styles.head}>
          <Text fw={600}>{words.mentions.title}</Text>
          {mentions.length > 0 && (
            <Button size="compact-xs" variant="subtle" onClick={() => read.mutate(null)}>
              {words.mentions.readAll}
            </Button>
          )}
        </div>
        {mentions.length === 0 ? (
          <Text c="dimmed" size="sm">
            {words.mentions.none}
          </Text>
        ) : (
          <ul className={styles.list}>
            {mentions.map((mention) => (
              <li key={mention.id}>
                <UnstyledButton className={styles.mention} onClick={() => open(mention)}>
                  <span className={styles.by}>
                    <strong>{mention.by.name}</strong> {mention.kind === "transfer" ? words.mentions.transfer : words.mentions.note}
                    <span className={styles.age}>{age(mention.at, now)}</span>
                  </span>
                  <span className={styles.text}>{mention.text}</span>
                </UnstyledButton>
              </li>
            ))}
          </ul>
        )}
      </Popover.Dropdown>
    </Popover>
  );
}
