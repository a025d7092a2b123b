import { ActionIcon, Button, Group, Indicator, NativeSelect, Popover, Stack, Text, Tooltip } from "@mantine/core";
import { useState } from "react";
import { Icon } from "../ui/icon";
import { words } from "../words/words";
import { changed, countFilters, type Filters, NARROWING, SORTS } from "./filters";
import { useQueues } from "./queue";
import { useTopics } from "./topics";
import type { View } from "./view";

interface Props {
  view: View;
  filters: Filters;
  onFilters: (filters: Filters) => void;
}

const { filters: names } = words.inbox;

export function FilterMenu({ view, filters, onFilters }: Props) {
  const [opened, setOpened] = useState(false);
  const queues = useQueues();
  const topics = useTopics();
  const active = countFilters(filters);
  const options = (record: Record<string, string>) => Object.entries(record).map(([value, label]) => ({ value, label }));
  const choices: Record<(typeof NARROWING)[number], { value: string; label: string }[]> = {
    queue: queues.map((queue) => ({ value: queue.id, label: queue.name })),
    topic: topics,
    audience: options(words.audiences),
    locale: options(words.locales),
    reason: options(words.reasons),
    priority: options(words.inbox.priorities),
  };
  return (
    <Popover opened={opened} onChange={setOpened} position="bottom-end" width={280} trapFocus returnFocus>
      <Popover.Target>
        <Tooltip label={words.inbox.filter} disabled={opened}>
          <Indicator label={active} disabled={active === 0} size={16}>
            <ActionIcon
              variant={active > 0 ? "light" : "default"}
              size={36}
              aria-label={active > 0 ? `${words.inbox.filter} (${active})` : words.inbox.filter}
              aria-expanded={opened}
              onClick={() => setOpened(!opened)}
            >
              <Icon name="filter" />
            </ActionIcon>
          </Indicator>
        </Tooltip>
      </Popover.Target>
      <Popover.Dropdown aria-label={names.title}>
        <Stack gap="xs">
          <Group justify="space-between">
            <Text fw={600}>{names.title}</Text>
            <Button size="compact-xs" variant="subtle" disabled={active === 0 && filters.sort === undefined} onClick={() => onFilters(filters.q === undefined ? {} : { q: filters.q })}>
              {names.clear}
            </Button>
          </Group>
          {NARROWING.map((name) => (
            <NativeSelect
              key={name}
              size="xs"
              label={names[name]}
              value={filters[name] ?? ""}
              data={[{ value: "", label: names.any }, ...choices[name]]}
              onChange={(event) => onFilters(changed(filters, name, event.currentTarget.value))}
            />
          ))}
          <NativeSelect
            size="xs"
            label={names.sort}
            value={filters.sort ?? (view === "resolved" ? "updated" : "take")}
            data={SORTS.map((value) => ({ value, label: words.inbox.sorts[value] }))}
            onChange={(event) => onFilters(changed(filters, "sort", SORTS.find((one) => one === event.currentTarget.value) ?? null))}
          />
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}
