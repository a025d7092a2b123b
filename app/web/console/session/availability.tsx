import { Checkbox, Group, NumberInput, SegmentedControl, Stack, Text } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api, ok } from "../api/client";
import type { Availability } from "../api/types";
import { availabilityQuery, useQueues } from "../inbox/queue";
import { inWords } from "../ui/problem";
import { words } from "../words/words";
import styles from "./account.module.css";

type Change = Partial<Pick<Availability, "state" | "max_open" | "queues">>;

export function useAvailability() {
  const client = useQueryClient();
  const { data } = useQuery(availabilityQuery);
  const change = useMutation({
    mutationFn: (body: Change) => ok(api.PUT("/v1/me/availability", { body })),
    // Shown at once: a switch that waits for the network feels broken.
    onMutate: (body) => {
      const before = client.getQueryData(availabilityQuery.queryKey);
      if (before != null) client.setQueryData(availabilityQuery.queryKey, { ...before, ...body });
      return before;
    },
    onError: (error, _, before) => {
      if (before !== undefined) client.setQueryData(availabilityQuery.queryKey, before);
      notifications.show({ color: "red", message: inWords(error) });
    },
    onSettled: () => {
      for (const key of ["availability", "queue", "counts"]) void client.invalidateQueries({ queryKey: [key] });
    },
  });
  return { availability: data, change: change.mutate };
}

/** Whether I take conversations, how many, and from which queues. */
export function AvailabilityForm() {
  const { availability, change } = useAvailability();
  const queues = useQueues();
  if (availability == null) return null;
  const all = availability.queues.length === 0;
  return (
    <Stack gap="xs">
      <SegmentedControl
        fullWidth
        aria-label={words.account.state}
        value={availability.state}
        color={availability.state === "online" ? "baton" : "gray"}
        onChange={(state) => change({ state: state as Availability["state"] })}
        data={[
          { value: "online", label: words.account.online },
          { value: "away", label: words.account.away },
        ]}
      />
      <Group justify="space-between" wrap="nowrap">
        <div>
          <Text size="sm" id="at-once">
            {words.account.atOnce}
          </Text>
          <Text size="xs" c="dimmed">
            {words.account.open(availability.open, availability.max_open)}
          </Text>
        </div>
        <NumberInput
          aria-labelledby="at-once"
          w={84}
          min={1}
          max={100}
          allowDecimal={false}
          clampBehavior="strict"
          value={availability.max_open}
          onChange={(value) => {
            if (typeof value === "number" && value >= 1) change({ max_open: value });
          }}
        />
      </Group>
      <Checkbox.Group
        label={words.account.myQueues}
        value={all ? queues.map((queue) => queue.id) : availability.queues}
        onChange={(chosen) => {
          if (chosen.length > 0) change({ queues: chosen.length === queues.length ? [] : chosen });
        }}
      >
        <Stack gap={6} mt={6} className={styles.queues}>
          {queues.map((queue) => (
            <Checkbox key={queue.id} size="xs" value={queue.id} label={queue.name} />
          ))}
        </Stack>
      </Checkbox.Group>
    </Stack>
  );
}
