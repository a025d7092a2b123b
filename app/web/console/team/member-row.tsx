import { Badge, Button } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import type { Colleague } from "../api/types";
import { Face } from "../ui/face";
import { inWords } from "../ui/problem";
import { words } from "../words/words";
import { useChange } from "./team";
import type { Asked } from "./team-dialogs";
import styles from "./team.module.css";

interface Props {
  who: Colleague;
  isMe: boolean;
  onAsk: (asked: Asked) => void;
}

const { team } = words;

/** One account, with what can be done to it. */
export function MemberRow({ who, isMe, onAsk }: Props) {
  const change = useChange(who);
  const enable = () =>
    change.mutate(
      { disabled: false },
      {
        onSuccess: () => notifications.show({ message: team.enabled(who.name) }),
        onError: (error) => notifications.show({ color: "red", message: inWords(error) }),
      },
    );
  const answers = who.role !== "editor" && !who.disabled;
  return (
    <li className={styles.member} data-off={who.disabled}>
      <Face name={who.name} picture={who.picture} />
      <div className={styles.who}>
        <strong>{who.name}</strong>
        <Badge size="sm" variant="light" tt="none">
          {words.roles[who.role] ?? who.role}
        </Badge>
        {isMe && (
          <Badge size="sm" variant="light" tt="none">
            {team.you}
          </Badge>
        )}
        {who.disabled && (
          <Badge size="sm" variant="light" color="red" tt="none">
            {team.disabled}
          </Badge>
        )}
        {!who.disabled && !who.has_password && (
          <Badge size="sm" variant="light" color="gray" tt="none">
            {team.invited}
          </Badge>
        )}
        <p>
          {who.email}
          {answers && ` · ${who.here ? team.here : who.state === "away" ? team.away : team.gone} · ${team.open(who.open, who.max_open)}`}
        </p>
      </div>
      <div className={styles.actions}>
        <Button size="xs" variant="default" aria-label={team.edit(who.name)} onClick={() => onAsk({ what: "edit", who })}>
          {team.short.edit}
        </Button>
        {!who.disabled && (
          <Button size="xs" variant="default" aria-label={team.link(who.name)} onClick={() => onAsk({ what: "link", who })}>
            {team.short.link}
          </Button>
        )}
        {!isMe &&
          (who.disabled ? (
            <Button size="xs" variant="default" aria-label={team.enable(who.name)} loading={change.isPending} onClick={enable}>
              {team.short.enable}
            </Button>
          ) : (
            <Button size="xs" variant="default" aria-label={team.disable(who.name)} onClick={() => onAsk({ what: "disable", who })}>
              {team.short.disable}
            </Button>
          ))}
      </div>
    </li>
  );
}
