import { Indicator, Popover, Tooltip, UnstyledButton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { availabilityQuery } from "../inbox/queue";
import { SavedReplies } from "../saved/saved-replies";
import { Face } from "../ui/face";
import { useNarrow } from "../ui/use-narrow";
import { words } from "../words/words";
import { AccountPanel, type AccountDialog } from "./account-panel";
import styles from "./account.module.css";
import { PasswordDialog } from "./password-dialog";
import { PictureDialog } from "./picture-dialog";
import { useMe } from "./session";

/** Who I am, whether I take conversations, how this browser behaves, and the way out. */
export function AccountMenu({ atDesk }: { atDesk: boolean }) {
  const me = useMe();
  const narrow = useNarrow();
  const [opened, setOpened] = useState(false);
  const [dialog, setDialog] = useState<AccountDialog | null>(null);
  const { data: availability } = useQuery({ ...availabilityQuery, enabled: atDesk });
  const online = availability?.state === "online";
  const state = availability == null ? "" : `, ${online ? words.account.online : words.account.away}`;
  return (
    <>
      <Popover opened={opened} onChange={setOpened} position={narrow ? "bottom-end" : "right-end"} width={300} trapFocus returnFocus>
        <Popover.Target>
          <Tooltip label={`${me.name}${state}`} position="right" disabled={opened}>
            <UnstyledButton
              className={styles.account}
              aria-label={`${words.account.label(me.name)}${state}`}
              aria-expanded={opened}
              onClick={() => setOpened(!opened)}
            >
              <Indicator color={online ? "baton.4" : "gray.5"} withBorder size={14} offset={5} position="bottom-end" disabled={!atDesk}>
                <Face name={me.name} picture={me.picture} size="lg" />
              </Indicator>
            </UnstyledButton>
          </Tooltip>
        </Popover.Target>
        <Popover.Dropdown aria-label={words.account.label(me.name)}>
          <AccountPanel
            atDesk={atDesk}
            onDialog={(next) => {
              setOpened(false);
              setDialog(next);
            }}
          />
        </Popover.Dropdown>
      </Popover>
      <PasswordDialog opened={dialog === "password"} onClose={() => setDialog(null)} />
      <PictureDialog opened={dialog === "picture"} onClose={() => setDialog(null)} />
      <SavedReplies opened={dialog === "saved"} onClose={() => setDialog(null)} />
    </>
  );
}
