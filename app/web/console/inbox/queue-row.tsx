import { Tooltip } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { memo } from "react";
import type { QueueItem } from "../api/types";
import { useMe } from "../session/session";
import { ColleagueFace } from "../team/colleague-face";
import { Icon } from "../ui/icon";
import { age, clock, span } from "../ui/time";
import { useNow } from "../ui/use-now";
import { words } from "../words/words";
import type { Filters } from "./filters";
import { Found } from "./found";
import { useLooking } from "./presence";
import styles from "./queue-row.module.css";
import type { View } from "./view";

interface Props {
  item: QueueItem;
  view: View;
  filters: Filters;
  open: boolean;
}

export const QueueRow = memo(function QueueRow({ item, view, filters, open }: Props) {
  const me = useMe();
  const now = useNow();
  const holder = item.claimed_by ?? item.assigned_to ?? null;
  const mine = holder?.id === me.id;
  const second = item.found != null ? <Found text={item.found.text} q={filters.q ?? ""} /> : tells(item) ? <LastLine line={item.last_line} /> : null;
  const reason = words.reasons[item.reason] ?? item.reason;
  return (
    <Link
      to="/inbox/$view/$id"
      params={{ view, id: item.conversation_id }}
      search={filters}
      className={styles.row}
      data-open={open}
      data-priority={item.priority}
    >
      <span className={styles.first}>
        <span className={styles.question} title={item.question}>
          {item.question}
        </span>
        <Eyes item={item} />
        {holder !== null && (
          <span className={styles.holder} data-mine={mine}>
            {mine ? words.inbox.you : item.claimed_by == null ? words.inbox.passedOn(holder.name) : holder.name}
          </span>
        )}
      </span>
      <span className={styles.second}>{second ?? <span className={styles.by}>{reason}</span>}</span>
      <span className={styles.third}>
        {item.priority <= 2 && (
          <span className={styles.priority} data-priority={item.priority}>
            {words.inbox.priorities[item.priority]}
          </span>
        )}
        <span className={styles.facts}>
          {[...facts(item, now), ...(second === null ? [] : [reason])].join(" · ")}
        </span>
        <Clock item={item} now={now} />
      </span>
    </Link>
  );
});

function Clock({ item, now }: { item: QueueItem; now: number }) {
  if (item.snoozed_until != null) return <span className={styles.soft}>{words.inbox.snoozedUntil(clock(item.snoozed_until))}</span>;
  if (item.state === "resolved") return <span className={styles.soft}>{age(item.resolved_at ?? item.updated_at, now)}</span>;
  if (item.due_at == null) return <span className={styles.soft}>{age(item.since, now)}</span>;
  const left = Date.parse(item.due_at) - now;
  const state = left < 0 ? "late" : left < SOON ? "soon" : "fine";
  return (
    <span className={styles.due} data-due={state}>
      <Icon name="clock" size={13} />
      {left < 0 ? words.inbox.late(span(-left)) : words.inbox.due(span(left))}
    </span>
  );
}

/** A countdown turns amber at five minutes. */
const SOON = 5 * 60_000;

function facts(item: QueueItem, now: number): string[] {
  const { audience, locale, topic_name: topic } = item;
  // The clock at the end counts to what is due, or is the age itself.
  const old = item.due_at == null ? [] : [age(item.since, now)];
  // The topic is the long one: last, so that a narrow list cuts nothing else.
  return [...old, words.audiences[audience] ?? audience, locale.slice(0, 2).toUpperCase(), topic];
}

/** The assistant's last word is always that it hands over, and a question need not stand twice. */
function tells(item: QueueItem): item is QueueItem & { last_line: NonNullable<QueueItem["last_line"]> } {
  const line = item.last_line;
  return line != null && line.by !== "assistant" && !item.question.startsWith(line.text);
}

function LastLine({ line }: { line: { text: string; by: string } }) {
  const by = line.by === "visitor" ? words.talk.visitor : line.by;
  return (
    <>
      <span className={styles.by}>{by}:</span> {line.text}
    </>
  );
}

function Eyes({ item }: { item: QueueItem }) {
  const live = useLooking(item.conversation_id);
  const looking = live.length > 0 ? live : item.looking;
  if (looking.length === 0) return null;
  const names = looking.map((one) => one.name).join(", ");
  return (
    <Tooltip label={looking.some((one) => one.writing) ? words.talk.writing(names) : words.talk.looking(names)}>
      <span className={styles.eyes}>
        <Icon name={looking.some((one) => one.writing) ? "pencil" : "eye"} size={14} />
        {looking.slice(0, 2).map((one) => (
          <ColleagueFace key={one.id} who={one} size="sm" />
        ))}
        <span className="hidden">{words.talk.looking(names)}</span>
      </span>
    </Tooltip>
  );
}
