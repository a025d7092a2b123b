import { Alert, Button, Group } from "@mantine/core";
import type { NewerReply as Newer } from "../api/problem";
import { Icon } from "../ui/icon";
import { Markdown } from "../ui/markdown";
import { words } from "../words/words";

interface Props {
  newer: Newer;
  /** Null when the conversation is no longer mine. */
  onSend: (() => void) | null;
  onDrop: () => void;
}

/** A reply in the making is never sent over somebody else's: this shows theirs first. */
export function NewerReply({ newer, onSend, onDrop }: Props) {
  return (
    <Alert color="yellow" variant="light" icon={<Icon name="warn" />} title={words.composer.newer(newer.by)}>
      <p>{words.composer.newerWhat}</p>
      <Markdown text={newer.text} />
      <Group gap="xs" mt="sm">
        {onSend !== null && (
          <Button size="xs" onClick={onSend}>
            {words.composer.sendAnyway}
          </Button>
        )}
        <Button size="xs" variant="default" onClick={onDrop}>
          {words.composer.dropMine}
        </Button>
      </Group>
    </Alert>
  );
}
