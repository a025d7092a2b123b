import { Button, Stack, Text, TextInput } from "@mantine/core";
import { useState } from "react";
import { words } from "../words/words";

interface Props {
  busy: boolean;
  onDone: (reason: string) => void;
}

export function ReleaseForm({ busy, onDone }: Props) {
  const [reason, setReason] = useState("");
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        onDone(reason.trim());
      }}
    >
      <Stack gap="md">
        <Text>{words.dialogs.releaseWhat}</Text>
        <TextInput data-autofocus label={words.dialogs.reasonOptional} value={reason} maxLength={1_000} onChange={(event) => setReason(event.currentTarget.value)} />
        <Button type="submit" loading={busy}>
          {words.talk.release}
        </Button>
      </Stack>
    </form>
  );
}
