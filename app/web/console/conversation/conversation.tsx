import { Alert } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useLocation, useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { useEffect, useRef, useState } from "react";
import type { Citation } from "../api/types";
import type { View } from "../inbox/view";
import { useMe } from "../session/session";
import { useShortcuts } from "../shell/shortcuts";
import { Icon } from "../ui/icon";
import { words } from "../words/words";
import { ArticleDrawer } from "./article-drawer";
import { briefQuery, factsQuery } from "./case";
import { Composer, type ComposerHandle } from "./composer";
import styles from "./conversation.module.css";
import { Dialogs, type DialogName } from "./dialogs";
import { Header } from "./header";
import { Missing } from "./missing";
import { Panel, type PanelTab } from "./panel";
import { Transcript } from "./transcript";
import { useCase } from "./use-case";
import { useLog } from "./use-log";
import { useTellLooking } from "./use-looking";
import { useTellTyping } from "./use-typing";
import { usePanel } from "./use-panel";

export function ConversationRoute() {
  const { id } = useParams({ from: "/shell/inbox/$view/$id" });
  return <Conversation key={id} id={id} />;
}

function Conversation({ id }: { id: string }) {
  const me = useMe();
  const log = useLog(id);
  const handedOver = log.loaded && log.events.some((event) => event.type === "handoff.opened");
  const { data: facts } = useQuery(factsQuery(id));
  const brief = useQuery({ ...briefQuery(id), enabled: handedOver });
  const mine = useCase(id, log);
  const panel = usePanel();
  const [dialog, setDialog] = useState<DialogName | null>(null);
  const [cited, setCited] = useState<Citation | null>(null);
  const [writing, setWriting] = useState(false);
  const composer = useRef<ComposerHandle>(null);
  useTellLooking(id, writing);
  useTellTyping(id, writing && mine.fence !== null);
  const { view } = useParams({ strict: false }) as { view: View };
  const filters = useSearch({ from: "/shell/inbox/$view" });
  const navigate = useNavigate();

  const claim = () => {
    if (log.state === "waiting") mine.claim(false, () => composer.current?.focus("reply"));
  };
  // After "Take the next one" the box is what comes next; who only looks through the list keeps the keys.
  const taken = useLocation({ select: (at) => at.state.taken === true });
  const begun = useRef(false);
  useEffect(() => {
    if (begun.current || !taken || mine.fence === null) return;
    begun.current = true;
    composer.current?.focus("reply");
  }, [taken, mine.fence]);

  const held = mine.isMine;
  const ask = (name: DialogName) => () => held && setDialog(name);
  const tab = (name: PanelTab) => () => panel.show(name);
  useShortcuts({
    c: claim,
    r: () => composer.current?.focus("reply"),
    n: () => composer.current?.focus("note"),
    t: ask("transfer"),
    l: ask("release"),
    z: ask("snooze"),
    e: ask("resolve"),
    b: tab("brief"),
    v: tab("visitor"),
    h: () => me.can.includes("lead") && panel.show("audit"),
    s: () => {
      const suggested = brief.data?.suggested_reply;
      if (suggested != null && mine.fence !== null) composer.current?.insert(suggested.text);
    },
  });

  if (log.problem !== null) {
    return <Missing problem={log.problem} onRetry={log.retry} />;
  }
  return (
    <article className={styles.conversation} aria-label={words.talk.label}>
      <Header
        id={id}
        log={log}
        facts={facts ?? null}
        brief={brief.data ?? null}
        held={held}
        panelOpen={panel.open}
        onClaim={claim}
        onDialog={setDialog}
        onReopen={mine.reopen}
        onPanel={panel.toggle}
        onBack={() => void navigate({ to: "/inbox/$view", params: { view }, search: filters })}
      />
      {mine.problem !== null && (
        <Alert color="red" variant="light" radius={0} icon={<Icon name="warn" />} withCloseButton onClose={mine.clear} closeButtonLabel={words.close}>
          {mine.problem}
        </Alert>
      )}
      <div className={styles.body} data-panel={panel.open}>
        <div className={styles.talk}>
          <Transcript log={log} onCite={setCited} />
          <Composer
            ref={composer}
            id={id}
            locale={facts?.locale ?? "en"}
            log={log}
            fence={mine.fence}
            onClaimLost={mine.lost}
            onSent={mine.clear}
            onWriting={setWriting}
            onClaim={log.state === "waiting" ? claim : null}
          />
        </div>
        {panel.open && (
          <Panel
            id={id}
            tab={panel.tab}
            onTab={panel.show}
            onClose={panel.toggle}
            brief={brief}
            handedOver={handedOver}
            canUse={mine.fence !== null}
            lead={me.can.includes("lead")}
            onUse={(text) => composer.current?.insert(text)}
            onSend={(text) => composer.current?.send(text)}
            onCite={setCited}
          />
        )}
      </div>
      <Dialogs id={id} name={dialog} holder={log.holder} onClose={() => setDialog(null)} onWrite={mine.write} onTakeOver={() => mine.claim(true, () => composer.current?.focus("reply"))} />
      <ArticleDrawer citation={cited} audience={facts?.audience ?? "buyer"} onClose={() => setCited(null)} />
    </article>
  );
}
