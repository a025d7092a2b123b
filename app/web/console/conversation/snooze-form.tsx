import { Button, Group, Stack, TextInput } from "@mantine/core";
import { useState } from "react";
import { clock, shortDay } from "../ui/time";
import { words } from "../words/words";

interface Props {
  busy: boolean;
  onDone: (until: string) => void;
}

const HOUR = 3_600_000;
const MORNING = 9;

/** A morning this many days from now, by this machine's clock. */
function morning(days: number): Date {
  const at = new Date();
  at.setDate(at.getDate() + days);
  at.setHours(MORNING, 0, 0, 0);
  return at;
}

/** Each with what its name does not say: the time, or the day. */
function choices(): [string, Date, (iso: string) => string][] {
  const now = Date.now();
  const toMonday = (8 - new Date().getDay()) % 7 || 7;
  return [
    [words.dialogs.inOneHour, new Date(now + HOUR), clock],
    [words.dialogs.inThreeHours, new Date(now + 3 * HOUR), clock],
    [words.dialogs.tomorrow, morning(1), shortDay],
    [words.dialogs.monday, morning(toMonday), shortDay],
  ];
}

export function SnoozeForm({ busy, onDone }: Props) {
  const [other, setOther] = useState("");
  const at = new Date(other);
  const isAhead = other !== "" && at.getTime() > Date.now() + 60_000;
  return (
    <Stack gap="xs" pt={4}>
      {choices().map(([name, until, told], index) => (
        <Button
          key={name}
          variant="default"
          justify="space-between"
          h="auto"
          mih={36}
          py={6}
          styles={{ label: { whiteSpace: "normal", textAlign: "start" } }}
          disabled={busy}
          data-autofocus={index === 0 || undefined}
          rightSection={<span>{told(until.toISOString())}</span>}
          onClick={() => onDone(until.toISOString())}
        >
          {name}
        </Button>
      ))}
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (isAhead) onDone(at.toISOString());
        }}
      >
        <Group align="flex-end" gap="xs" mt="xs">
          <TextInput type="datetime-local" label={words.dialogs.other} value={other} flex={1} onChange={(event) => setOther(event.currentTarget.value)} />
          <Button type="submit" loading={busy} disabled={!isAhead}>
            {words.talk.snooze}
          </Button>
        </Group>
      </form>
    </Stack>
  );
}
