import { Button, Group, Text } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { api, ok } from "../api/client";
import { content } from "../words/en-content";
import styles from "./content.module.css";
import { refresh } from "./data";
import { DiffView } from "./diff-view";
import { type Key, named } from "./types";

/** Articles that were changed in the folder and here: both sides shown, and one of them chosen. */
export function Conflicts() {
  const { data } = useQuery({ queryKey: ["content", "conflicts"], queryFn: () => ok(api.GET("/v1/editor/conflicts")) });
  const settle = useMutation({
    mutationFn: ({ key, take }: { key: Key; take: "folder" | "console" }) =>
      ok(api.POST("/v1/editor/conflicts/{article_id}/{locale}", { params: { path: { article_id: key.article_id, locale: key.locale } }, body: { take } })),
    onSettled: refresh,
  });
  if (data === undefined || data.items.length === 0) return null;
  return (
    <section className={styles.card} aria-label={content.log.conflicts}>
      <Text fw={600}>{content.log.conflicts}</Text>
      <p className={styles.quiet}>{content.log.conflictsWhat}</p>
      {data.items.map((one) => (
        <div key={named(one)}>
          <Text mt="sm">
            {one.article_id} ({one.locale}), {one.path}
          </Text>
          <DiffView before={one.live ?? ""} after={one.file ?? ""} label={one.path} />
          <Group mt="xs">
            <Button size="compact-md" loading={settle.isPending} onClick={() => settle.mutate({ key: one, take: "folder" })}>
              {content.log.takeFolder}
            </Button>
            <Button size="compact-md" variant="default" onClick={() => settle.mutate({ key: one, take: "console" })}>
              {content.log.takeConsole}
            </Button>
          </Group>
        </div>
      ))}
    </section>
  );
}
