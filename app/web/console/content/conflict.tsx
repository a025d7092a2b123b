import { Alert, Button, Group } from "@mantine/core";
import { content } from "../words/en-content";
import { DiffView } from "./diff-view";
import type { Draft } from "./types";

interface Props {
  mine: string;
  theirs: Draft;
  onSettle: (mine: boolean) => void;
}

/** Two people saved. Both texts are shown as one, and neither is thrown away. */
export function Conflict({ mine, theirs, onSettle }: Props) {
  return (
    <Alert mb="md" color="yellow" variant="light" role="alert" title={content.editor.conflict}>
      <p>
        {content.editor.conflictWhat} ({theirs.saved_by})
      </p>
      <DiffView before={theirs.text} after={mine} label={content.editor.conflict} />
      <Group mt="sm">
        <Button onClick={() => onSettle(true)}>{content.editor.mine}</Button>
        <Button variant="default" onClick={() => onSettle(false)}>
          {content.editor.theirs}
        </Button>
      </Group>
    </Alert>
  );
}
