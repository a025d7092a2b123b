import { Alert, Button, Group, Modal, Stack, Text } from "@mantine/core";
import { type ReactNode, useState } from "react";
import type { Colleague, OneTimeLink } from "../api/types";
import { inWords } from "../ui/problem";
import { useLast } from "../ui/use-last";
import { words } from "../words/words";
import { MemberForm } from "./member-form";
import { OneTimeLinkView } from "./one-time-link";
import { useAdd, useChange, useNewLink } from "./team";

export type Asked = { what: "add" } | { what: "edit" | "link" | "disable"; who: Colleague };

interface Props {
  asked: Asked | null;
  onClose: () => void;
}

/** Whatever changes an account. */
export function TeamDialogs({ asked, onClose }: Props) {
  const shown = useLast(asked);
  return (
    <Modal opened={asked !== null} onClose={onClose} title={shown === null ? "" : titleOf(shown)} closeButtonProps={{ "aria-label": words.close }}>
      {shown === null ? null : shown.what === "add" ? (
        <Add onClose={onClose} />
      ) : shown.what === "edit" ? (
        <Edit who={shown.who} onClose={onClose} />
      ) : shown.what === "link" ? (
        <NewLink who={shown.who} onClose={onClose} />
      ) : (
        <Disable who={shown.who} onClose={onClose} />
      )}
    </Modal>
  );
}

function titleOf(asked: Asked): string {
  if (asked.what === "add") return words.team.addTitle;
  const { editTitle: edit, resetTitle: link, disableTitle: disable } = words.team;
  return { edit, link, disable }[asked.what](asked.who.name);
}

function Add({ onClose }: { onClose: () => void }) {
  const add = useAdd();
  const [link, setLink] = useState<OneTimeLink | null>(null);
  if (link !== null) return <OneTimeLinkView link={link} onDone={onClose} />;
  return (
    <MemberForm
      who={null}
      busy={add.isPending}
      error={add.error}
      onCancel={onClose}
      onSave={({ email, name, role }) => add.mutate({ email, role, ...(name === "" ? {} : { name }) }, { onSuccess: (added) => setLink(added.link) })}
    />
  );
}

function Edit({ who, onClose }: { who: Colleague; onClose: () => void }) {
  const change = useChange(who);
  return (
    <MemberForm who={who} busy={change.isPending} error={change.error} onCancel={onClose} onSave={({ name, role }) => change.mutate({ name, role }, { onSuccess: onClose })} />
  );
}

function NewLink({ who, onClose }: { who: Colleague; onClose: () => void }) {
  const make = useNewLink(who);
  if (make.data !== undefined) return <OneTimeLinkView link={make.data} onDone={onClose} />;
  return (
    <Confirm busy={make.isPending} error={make.error} submit={words.team.resetSubmit} onYes={() => make.mutate()} onNo={onClose}>
      <Text>{words.team.resetWhat}</Text>
    </Confirm>
  );
}

function Disable({ who, onClose }: { who: Colleague; onClose: () => void }) {
  const change = useChange(who);
  return (
    <Confirm danger busy={change.isPending} error={change.error} submit={words.team.disableSubmit} onYes={() => change.mutate({ disabled: true }, { onSuccess: onClose })} onNo={onClose}>
      <Text>{words.team.disableWhat}</Text>
      {who.open > 0 && <Text>{words.team.disableOpen(who.open)}</Text>}
    </Confirm>
  );
}

interface ConfirmProps {
  danger?: boolean;
  busy: boolean;
  error: Error | null;
  submit: string;
  onYes: () => void;
  onNo: () => void;
  children: ReactNode;
}

function Confirm({ danger = false, busy, error, submit, onYes, onNo, children }: ConfirmProps) {
  return (
    <Stack gap="md">
      {error !== null && <Alert color="red" variant="light" role="alert">{inWords(error)}</Alert>}
      {children}
      <Group justify="flex-end">
        <Button variant="default" data-autofocus={danger || undefined} onClick={onNo}>
          {words.cancel}
        </Button>
        <Button loading={busy} data-autofocus={!danger || undefined} {...(danger ? { color: "red", variant: "light" } : {})} onClick={onYes}>
          {submit}
        </Button>
      </Group>
    </Stack>
  );
}
