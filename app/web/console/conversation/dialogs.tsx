import { Button, Modal, Stack, Text } from "@mantine/core";
import { useState } from "react";
import { api, ok } from "../api/client";
import { useLast } from "../ui/use-last";
import { words } from "../words/words";
import { ReleaseForm } from "./release-form";
import { ResolveForm } from "./resolve-form";
import { SnoozeForm } from "./snooze-form";
import { TransferForm } from "./transfer-form";
import type { Write } from "./use-case";

export type DialogName = "release" | "transfer" | "snooze" | "wake" | "resolve" | "takeOver";

interface Props {
  id: string;
  name: DialogName | null;
  holder: string | null;
  onClose: () => void;
  onWrite: Write;
  onTakeOver: () => void;
}

const TITLES: Record<DialogName, string> = {
  release: words.dialogs.releaseTitle,
  transfer: words.dialogs.transferTitle,
  snooze: words.dialogs.snoozeTitle,
  wake: words.talk.wake,
  resolve: words.dialogs.resolveTitle,
  takeOver: words.dialogs.takeOverTitle,
};

/** Whatever ends or moves a claim. */
export function Dialogs({ id, name, holder, onClose, onWrite, onTakeOver }: Props) {
  const [busy, setBusy] = useState(false);
  const shown = useLast(name);
  const params = { path: { conversation_id: id } };
  const finish = async (work: (fence: number) => Promise<unknown>) => {
    setBusy(true);
    await onWrite(work);
    setBusy(false);
    // Refused or not: what happened is told above the conversation.
    onClose();
  };
  const form = (of: DialogName) => {
    switch (of) {
      case "release":
        return <ReleaseForm busy={busy} onDone={(reason) => void finish((fence) => ok(api.POST("/v1/conversations/{conversation_id}/release", { params, body: { fence, ...(reason === "" ? {} : { reason }) } })))} />;
      case "transfer":
        return <TransferForm busy={busy} onDone={(to) => void finish((fence) => ok(api.POST("/v1/conversations/{conversation_id}/transfer", { params, body: { fence, ...to } })))} />;
      case "snooze":
        return <SnoozeForm busy={busy} onDone={(until) => void finish((fence) => ok(api.POST("/v1/conversations/{conversation_id}/snooze", { params, body: { fence, until } })))} />;
      case "resolve":
        return <ResolveForm busy={busy} onDone={(labels) => void finish((fence) => ok(api.POST("/v1/conversations/{conversation_id}/resolve", { params, body: { fence, ...labels } })))} />;
      case "wake":
        return (
          <Button data-autofocus loading={busy} onClick={() => void finish((fence) => ok(api.POST("/v1/conversations/{conversation_id}/wake", { params, body: { fence } })))}>
            {words.talk.wake}
          </Button>
        );
      case "takeOver":
        return (
          <Stack gap="md">
            <Text>{words.dialogs.takeOverWhat(holder ?? "")}</Text>
            <Button
              data-autofocus
              onClick={() => {
                onClose();
                onTakeOver();
              }}
            >
              {words.talk.takeOver}
            </Button>
          </Stack>
        );
    }
  };
  return (
    <Modal opened={name !== null} onClose={onClose} title={shown === null ? "" : TITLES[shown]} closeButtonProps={{ "aria-label": words.close }}>
      {shown !== null && form(shown)}
    </Modal>
  );
}
