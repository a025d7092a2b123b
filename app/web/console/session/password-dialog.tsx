import { Alert, Button, Modal, PasswordInput, Stack } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { api, ok } from "../api/client";
import { inWords } from "../ui/problem";
import { words } from "../words/words";
import { checkSession, useMe } from "./session";

export function PasswordDialog({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  return (
    <Modal opened={opened} onClose={onClose} title={words.password.title} closeButtonProps={{ "aria-label": words.close }}>
      <PasswordForm onDone={onClose} />
    </Modal>
  );
}

function PasswordForm({ onDone }: { onDone: () => void }) {
  const me = useMe();
  const [old, setOld] = useState("");
  const [next, setNext] = useState("");
  const change = useMutation({
    mutationFn: () => ok(api.PUT("/v1/me/password", { body: { old, new: next } })),
    onSuccess: () => {
      notifications.show({ message: words.password.done });
      void checkSession();
      onDone();
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!change.isPending) change.mutate();
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="md">
        {change.error !== null && <Alert color="red" variant="light">{inWords(change.error)}</Alert>}
        {me.has_password && (
          <PasswordInput
            label={words.password.old}
            autoComplete="current-password"
            data-autofocus
            value={old}
            onChange={(event) => setOld(event.currentTarget.value)}
          />
        )}
        <PasswordInput
          label={words.password.new}
          description={words.welcome.hint}
          autoComplete="new-password"
          value={next}
          onChange={(event) => setNext(event.currentTarget.value)}
        />
        <Button type="submit" loading={change.isPending} disabled={next === ""}>
          {words.password.submit}
        </Button>
      </Stack>
    </form>
  );
}
