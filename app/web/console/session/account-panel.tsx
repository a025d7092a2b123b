import { Button, Divider, SegmentedControl, Stack, Switch, Text, useMantineColorScheme } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { isOn, type Setting, turn } from "../shell/alerts";
import { Icon } from "../ui/icon";
import { inWords } from "../ui/problem";
import { words } from "../words/words";
import { AvailabilityForm } from "./availability";
import { signOut, useMe } from "./session";

export type AccountDialog = "password" | "picture" | "saved";

interface Props {
  atDesk: boolean;
  onDialog: (dialog: AccountDialog) => void;
}

const SCHEMES = ["light", "dark", "auto"] as const;

export function AccountPanel({ atDesk, onDialog }: Props) {
  const me = useMe();
  const { colorScheme, setColorScheme } = useMantineColorScheme({ keepTransitions: true });
  const leave = useMutation({ mutationFn: signOut, onError: (error) => notifications.show({ color: "red", message: inWords(error) }) });
  return (
    <Stack gap="sm">
      <div>
        <Text fw={600} truncate>
          {me.name}
        </Text>
        <Text size="sm" c="dimmed" truncate>
          {me.email} · {words.roles[me.role] ?? me.role}
        </Text>
      </div>
      {atDesk && <AvailabilityForm />}
      <Divider />
      <SegmentedControl
        fullWidth
        size="xs"
        aria-label={words.account.theme}
        value={colorScheme}
        onChange={(value) => setColorScheme(value as (typeof SCHEMES)[number])}
        data={SCHEMES.map((value) => ({ value, label: words.account.themes[value] }))}
      />
      {atDesk && (
        <>
          <AlertSwitch setting="sound" label={words.account.sound} />
          <AlertSwitch setting="title" label={words.account.title} />
        </>
      )}
      <Divider />
      <Stack gap={2}>
        {atDesk && (
          <Button variant="subtle" color="gray" justify="flex-start" c="inherit" leftSection={<Icon name="saved" />} onClick={() => onDialog("saved")}>
            {words.account.savedReplies}
          </Button>
        )}
        <Button variant="subtle" color="gray" justify="flex-start" c="inherit" leftSection={<Icon name="person" />} onClick={() => onDialog("picture")}>
          {words.account.picture}
        </Button>
        <Button variant="subtle" color="gray" justify="flex-start" c="inherit" leftSection={<Icon name="lock" />} onClick={() => onDialog("password")}>
          {words.account.password}
        </Button>
        <Button
          variant="subtle"
          color="gray"
          justify="flex-start"
          c="inherit"
          leftSection={<Icon name="leave" />}
          loading={leave.isPending}
          onClick={() => leave.mutate()}
        >
          {words.account.signOut}
        </Button>
      </Stack>
    </Stack>
  );
}

function AlertSwitch({ setting, label }: { setting: Setting; label: string }) {
  const [on, setOn] = useState(() => isOn(setting));
  return (
    <Switch
      label={label}
      checked={on}
      labelPosition="left"
      styles={{ body: { justifyContent: "space-between" } }}
      onChange={(event) => {
        setOn(event.currentTarget.checked);
        turn(setting, event.currentTarget.checked);
      }}
    />
  );
}
