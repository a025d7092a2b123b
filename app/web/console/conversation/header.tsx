import { ActionIcon, Badge, Button, Menu, Tooltip } from "@mantine/core";
import type { Brief, Conversation } from "../api/types";
import { useMe } from "../session/session";
import { Icon } from "../ui/icon";
import { clock } from "../ui/time";
import { words } from "../words/words";
import type { DialogName } from "./dialogs";
import styles from "./header.module.css";
import { isHeldBy, type Log } from "./log";
import { Lookers } from "./lookers";

interface Props {
  id: string;
  log: Log;
  facts: Conversation | null;
  brief: Brief | null;
  /** Whether I may write to the visitor. */
  held: boolean;
  panelOpen: boolean;
  onClaim: () => void;
  onDialog: (name: DialogName) => void;
  onReopen: () => void;
  onPanel: () => void;
  onBack: () => void;
}

const { talk } = words;

export function Header({ id, log, facts, brief, held, panelOpen, onClaim, onDialog, onReopen, onPanel, onBack }: Props) {
  const me = useMe();
  const first = log.events.find((event) => event.type === "message.visitor");
  const wants = brief?.wants || (first?.type === "message.visitor" ? first.data.text : "");
  const facets = [brief?.topic_name ?? null, facts?.queue?.name ?? null, facts === null ? null : words.audiences[facts.audience], facts === null ? null : words.locales[facts.locale]];
  const others = log.state === "claimed" && !isHeldBy(log, me);
  return (
    <header className={styles.header}>
      <ActionIcon className={styles.back} variant="subtle" color="gray" size={40} aria-label={talk.back} onClick={onBack}>
        <Icon name="back" />
      </ActionIcon>
      <div className={styles.title}>
        <h2 className={styles.wants}>{wants === "" ? "…" : wants}</h2>
        <p className={styles.why}>
          {brief !== null && <span className={styles.reason}>{brief.reason_text}</span>}
          <span className={styles.facets}>{facets.filter((facet) => facet != null && facet !== "").join(" · ")}</span>
        </p>
      </div>
      <div className={styles.actions}>
        <Lookers id={id} />
        <State log={log} mine={isHeldBy(log, me)} />
        {log.state === "waiting" && (
          <Button leftSection={<Icon name="check" />} onClick={onClaim}>
            {talk.claim}
          </Button>
        )}
        {others && me.can.includes("lead") && (
          <Button variant="default" onClick={() => onDialog("takeOver")}>
            {talk.takeOver}
          </Button>
        )}
        {log.state === "resolved" && (
          <Button variant="default" onClick={onReopen}>
            {talk.reopen}
          </Button>
        )}
        {held && (
          <>
            <Tool name={talk.transfer} icon="transfer" hotkey="t" onClick={() => onDialog("transfer")} />
            {log.snoozedUntil === null ? (
              <Tool name={talk.snooze} icon="snooze" hotkey="z" onClick={() => onDialog("snooze")} />
            ) : (
              <Tool name={talk.wake} icon="clock" hotkey="z" onClick={() => onDialog("wake")} />
            )}
            <Tool name={talk.release} icon="release" hotkey="l" onClick={() => onDialog("release")} />
            <Menu position="bottom-end">
              <Menu.Target>
                <ActionIcon className={styles.more} variant="default" size={36} aria-label={talk.more}>
                  <Icon name="more" />
                </ActionIcon>
              </Menu.Target>
              <Menu.Dropdown>
                <Menu.Item leftSection={<Icon name="transfer" />} onClick={() => onDialog("transfer")}>
                  {talk.transfer}
                </Menu.Item>
                <Menu.Item leftSection={<Icon name="snooze" />} onClick={() => onDialog(log.snoozedUntil === null ? "snooze" : "wake")}>
                  {log.snoozedUntil === null ? talk.snooze : talk.wake}
                </Menu.Item>
                <Menu.Item leftSection={<Icon name="release" />} onClick={() => onDialog("release")}>
                  {talk.release}
                </Menu.Item>
              </Menu.Dropdown>
            </Menu>
            <Button leftSection={<Icon name="check" />} onClick={() => onDialog("resolve")}>
              {talk.resolve}
            </Button>
          </>
        )}
        <Tooltip label={talk.panel}>
          <ActionIcon variant={panelOpen ? "light" : "default"} size={36} aria-label={talk.panel} aria-pressed={panelOpen} onClick={onPanel}>
            <Icon name="panel" />
          </ActionIcon>
        </Tooltip>
      </div>
    </header>
  );
}

interface ToolProps {
  name: string;
  icon: "transfer" | "snooze" | "release" | "clock";
  hotkey: string;
  onClick: () => void;
}

function Tool({ name, icon, hotkey, onClick }: ToolProps) {
  return (
    <Tooltip label={`${name} (${hotkey})`}>
      <ActionIcon className={styles.tool} variant="default" size={36} aria-label={name} onClick={onClick}>
        <Icon name={icon} />
      </ActionIcon>
    </Tooltip>
  );
}

function State({ log, mine }: { log: Log; mine: boolean }) {
  const snoozed = log.snoozedUntil !== null && log.state === "claimed";
  const name = snoozed ? "snoozed" : log.state === "claimed" && mine ? "mine" : log.state;
  const text = snoozed
    ? words.inbox.snoozedUntil(clock(log.snoozedUntil ?? ""))
    : log.state === "claimed"
      ? mine
        ? talk.yours
        : talk.holder(log.holder ?? "")
      : (talk.states[log.state] ?? log.state);
  return (
    <Badge variant="transparent" radius="sm" size="lg" className={styles.state} data-state={name}>
      {text}
    </Badge>
  );
}
