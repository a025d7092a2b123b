import { useEffect, useRef, useState } from "preact/hooks";
import type { QueueFilter, StaffMember, StaffQueue } from "../../shared/api/desk";
import type { StaffApi } from "../../shared/api/staff";
import { Conversation } from "./conversation";
import { QueueList } from "./queue-list";
import { goTo, useRoute } from "./route";
import { Shortcuts, type ShortcutMap, useShortcuts } from "./shortcuts";
import { useQueue } from "./use-queue";

interface Props {
  api: StaffApi;
  me: StaffMember;
  onSignOut: () => void;
  onRejected: () => void;
}

export function Desk({ api, me, onSignOut, onRejected }: Props) {
  const open = useRoute();
  const [filter, setFilter] = useState<QueueFilter>("waiting");
  const [queue, setQueue] = useState("");
  const [queues, setQueues] = useState<StaffQueue[]>([]);
  const [explains, setExplains] = useState(false);
  const view = useQueue(api, filter, queue, onRejected);
  const actions = useRef<ShortcutMap>({});
  const items = view.items ?? [];

  useEffect(() => {
    api.queues().then(
      (found) => setQueues(found.queues),
      () => undefined,
    );
  }, [api]);
  useEffect(() => {
    const waiting = filter === "waiting" && items.length > 0 ? `(${items.length}) ` : "";
    document.title = `${waiting}Desk`;
  }, [items.length, filter]);

  const step = (by: number) => {
    const at = items.findIndex((item) => item.conversation_id === open);
    const next = items[at < 0 ? 0 : at + by];
    if (next !== undefined) goTo(next.conversation_id);
  };
  useShortcuts({
    j: () => step(1),
    k: () => step(-1),
    "?": () => setExplains(true),
    u: () => goTo(null),
    c: () => actions.current["c"]?.(),
    r: () => actions.current["r"]?.(),
    n: () => actions.current["n"]?.(),
    t: () => actions.current["t"]?.(),
    e: () => actions.current["e"]?.(),
  });

  return (
    <div class={`desk ${open === null ? "" : "has-open"}`}>
      <header class="bar">
        <h1>Desk</h1>
        <p class={view.live ? "link up" : "link"} role="status">
          {view.live ? "Live" : "Connecting…"}
        </p>
        <button type="button" class="quiet" onClick={() => setExplains(true)}>
          Shortcuts
        </button>
        <span class="me">{me.name}</span>
        <button type="button" class="quiet" onClick={onSignOut}>
          Sign out
        </button>
      </header>
      <QueueList
        items={view.items}
        open={open}
        filter={filter}
        queue={queue}
        queues={queues}
        onFilter={setFilter}
        onQueue={setQueue}
      />
      <main class="work">
        {open === null ? (
          <p class="nothing soft">Choose a conversation. Press ? to see the shortcuts.</p>
        ) : (
          <Conversation
            key={open}
            api={api}
            id={open}
            me={me}
            item={items.find((item) => item.conversation_id === open) ?? null}
            queues={queues}
            actions={actions.current}
            onRejected={onRejected}
            onClaimed={() => setFilter("mine")}
            onChanged={view.refresh}
          />
        )}
      </main>
      {explains && <Shortcuts onClose={() => setExplains(false)} />}
    </div>
  );
}
