import { Button, CopyButton, Group, Stack, Text, TextInput } from "@mantine/core";
import type { OneTimeLink } from "../api/types";
import { clock } from "../ui/time";
import { words } from "../words/words";

/** A link that is shown once. */
export function OneTimeLinkView({ link, onDone }: { link: OneTimeLink; onDone: () => void }) {
  return (
    <Stack gap="md">
      <Text>{words.team.linkWhat(clock(link.expires_at))}</Text>
      <TextInput data-autofocus autoFocus readOnly label={words.team.linkLabel} value={link.url} onFocus={(event) => event.currentTarget.select()} />
      <Group justify="flex-end">
        {/* Browsers give the clipboard to secure pages only; the text is selected for everybody else. */}
        {isSecureContext && (
          <CopyButton value={link.url}>
            {({ copied, copy }) => (
              <Button variant="default" onClick={copy} aria-live="polite">
                {copied ? words.team.copied : words.team.copy}
              </Button>
            )}
          </CopyButton>
        )}
        <Button onClick={onDone}>{words.team.done}</Button>
      </Group>
    </Stack>
  );
}
