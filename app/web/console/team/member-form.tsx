import { Alert, Button, Group, NativeSelect, Stack, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import type { Colleague, Role } from "../api/types";
import { useMe } from "../session/session";
import { inWords } from "../ui/problem";
import { words } from "../words/words";

export interface Member {
  email: string;
  name: string;
  role: Role;
}

interface Props {
  /** Null for somebody new. */
  who: Colleague | null;
  busy: boolean;
  error: Error | null;
  onSave: (member: Member) => void;
  onCancel: () => void;
}

const ROLES: Role[] = ["agent", "editor", "lead", "admin"];

/** An account's address, name and role. The address of an account that is there stays. */
export function MemberForm({ who, busy, error, onSave, onCancel }: Props) {
  const me = useMe();
  const [email, setEmail] = useState(who?.email ?? "");
  const [name, setName] = useState(who?.name ?? "");
  const [role, setRole] = useState<Role>(who?.role ?? "agent");
  const isMe = who?.id === me.id;
  const ready = who === null ? email.trim() !== "" : name.trim() !== "";
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (ready && !busy) onSave({ email: email.trim(), name: name.trim(), role });
  };
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        {error !== null && <Alert color="red" variant="light" role="alert">{inWords(error)}</Alert>}
        {who === null && (
          <TextInput data-autofocus type="email" label={words.team.email} maxLength={254} value={email} onChange={(event) => setEmail(event.currentTarget.value)} />
        )}
        <TextInput
          {...(who === null ? { description: words.team.nameHint } : { "data-autofocus": true })}
          label={words.team.name}
          maxLength={120}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <NativeSelect
          label={words.team.role}
          description={isMe ? words.team.ownRole : words.team.roleHints[role]}
          disabled={isMe}
          data={ROLES.map((one) => ({ value: one, label: words.roles[one] ?? one }))}
          value={role}
          onChange={(event) => setRole(event.currentTarget.value as Role)}
        />
        <Group justify="flex-end">
          <Button variant="default" onClick={onCancel}>
            {words.cancel}
          </Button>
          <Button type="submit" loading={busy} disabled={!ready}>
            {who === null ? words.team.addSubmit : words.save}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
