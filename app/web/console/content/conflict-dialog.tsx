import { Button, Group, Modal, Stack, Text } from "@mantine/core";
import { contentWords } from "../words/en-content";
import { DiffView } from "./diff-view";
import type { SaveState } from "./use-draft-text";

const CONFLICT = contentWords.conflict;

interface Props {
  state: SaveState;
  mine: string;
  onResolve: (keepMine: boolean) => void;
}

/** Two people saved: both texts, and a choice. It cannot be closed without one. */
export function ConflictDialog({ state, mine, onResolve }: Props) {
  return (
    <Modal opened={state.kind === "conflict"} onClose={() => undefined} withCloseButton={false} closeOnEscape={false} closeOnClickOutside={false} size="xl" title={CONFLICT.title}>
      {state.kind === "conflict" && (
        <Stack>
          <Text>{CONFLICT.lead(state.theirs.saved_by)}</Text>
          <DiffView before={state.theirs.text} after={mine} names={[CONFLICT.theirs, CONFLICT.mine]} />
          <Group>
            <Button data-autofocus onClick={() => onResolve(true)}>
              {CONFLICT.keepMine}
            </Button>
            <Button variant="default" onClick={() => onResolve(false)}>
              {CONFLICT.takeTheirs}
            </Button>
          </Group>
        </Stack>
      )}
    </Modal>
  );
}
