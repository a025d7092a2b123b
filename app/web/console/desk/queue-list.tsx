import type { QueueFilter, QueueItem, StaffQueue } from "../../shared/api/desk";
import { age, useNow } from "../ui/use-now";
import { reasonInWords, STATE_WORDS } from "../ui/words";
import { goTo } from "./route";

interface Props {
  items: QueueItem[] | null;
  open: string | null;
  filter: QueueFilter;
  queue: string;
  queues: StaffQueue[];
  onFilter: (filter: QueueFilter) => void;
  onQueue: (queue: string) => void;
}

const FILTERS: [QueueFilter, string][] = [
  ["waiting", "Waiting"],
  ["mine", "Mine"],
  ["all", "All"],
];

export function QueueList({ items, open, filter, queue, queues, onFilter, onQueue }: Props) {
  const now = useNow();
  return (
    <section class="queue" aria-label="Conversations">
      <div class="filters">
        <div class="tabs" role="group" aria-label="Show">
          {FILTERS.map(([value, name]) => (
            <button type="button" aria-pressed={value === filter} onClick={() => onFilter(value)}>
              {name}
            </button>
          ))}
        </div>
        <select aria-label="Queue" value={queue} onChange={(event) => onQueue(event.currentTarget.value)}>
          <option value="">All queues</option>
          {queues.map((one) => (
            <option value={one.id}>{one.open ? one.name : `${one.name} (closed)`}</option>
          ))}
        </select>
      </div>
      <p class="sr-only" role="status">
        {items === null ? "Loading" : `${items.length} conversations`}
      </p>
      {items === null && <p class="nothing soft">Loading…</p>}
      {items?.length === 0 && <p class="nothing soft">{filter === "waiting" ? "Nobody is waiting." : "Nothing here."}</p>}
      <ul>
        {items?.map((item) => (
          <li key={item.conversation_id}>
            <button
              type="button"
              class="item"
              aria-current={item.conversation_id === open ? "true" : undefined}
              onClick={() => goTo(item.conversation_id)}
            >
              <span class="item-top">
                <span>{item.queue.name}</span>
                <span>{age(item.since, now)}</span>
              </span>
              <span class="question">{item.question}</span>
              <span class="tags">
                {item.priority <= 2 && <span class="tag urgent">{item.priority === 1 ? "Urgent" : "High"}</span>}
                {item.state !== "waiting" && (
                  <span class="tag">{item.claimed_by === null ? STATE_WORDS[item.state] : item.claimed_by.name}</span>
                )}
                <span class="tag">{item.audience}</span>
                <span class="tag">{item.locale}</span>
                <span class="why">{reasonInWords(item.reason)}</span>
              </span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
