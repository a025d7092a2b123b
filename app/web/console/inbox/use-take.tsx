import { Button, Group, Text } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { type ReactNode, useCallback } from "react";
import { api, ok } from "../api/client";
import { Problem } from "../api/problem";
import { rememberFence } from "../conversation/claim";
import { inWords } from "../ui/problem";
import { words } from "../words/words";

const TOAST = "take";

/** "Take the next one": the server picks fairly; this page opens what it picked, or says why there is none. */
export function useTake() {
  const navigate = useNavigate();
  const client = useQueryClient();
  const { mutate, isPending } = useMutation({
    mutationFn: (includeClosed: boolean) => ok(api.POST("/v1/queue/next", { body: { include_closed: includeClosed } })),
    onSuccess: (next) => {
      notifications.hide(TOAST);
      if (next.conversation_id == null || next.fence == null) {
        return tell(next.why === "closed" ? words.inbox.closed(next.left) : words.inbox.empty, next.why === "closed" ? act(words.inbox.takeClosed, () => mutate(true)) : null);
      }
      rememberFence(client, next.conversation_id, next.fence);
      for (const key of ["queue", "counts", "availability"]) void client.invalidateQueries({ queryKey: [key] });
      void navigate({ to: "/inbox/$view/$id", params: { view: "mine", id: next.conversation_id }, search: {}, state: (before) => ({ ...before, taken: true }) });
    },
    onError: (error) => {
      if (!(error instanceof Problem)) return tell(inWords(error), null);
      if (error.type === "urn:baton:away") return tell(words.inbox.away, act(words.inbox.goOnline, () => void goOnline()));
      if (error.type === "urn:baton:at-capacity") return tell(words.inbox.full(Number(error.extra["open"]), Number(error.extra["max_open"])), null);
      tell(inWords(error), null);
    },
  });

  async function goOnline() {
    await ok(api.PUT("/v1/me/availability", { body: { state: "online" } }));
    mutate(false);
  }

  const take = useCallback(() => mutate(false), [mutate]);
  return { take, taking: isPending };
}

function tell(message: string, action: ReactNode) {
  notifications.hide(TOAST);
  notifications.show({
    id: TOAST,
    withBorder: true,
    message: action === null ? message : (
      <Group gap="sm" wrap="nowrap" justify="space-between">
        <Text size="sm">{message}</Text>
        {action}
      </Group>
    ),
  });
}

function act(name: string, onClick: () => void) {
  return (
    <Button size="compact-sm" variant="light" onClick={onClick}>
      {name}
    </Button>
  );
}
