import { useQuery } from "@tanstack/react-query";
import { Outlet, useLocation, useNavigate } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { SIGNED_OUT } from "../api/client";
import { useLive } from "../inbox/use-live";
import { checkSession, sessionQuery } from "../session/session";
import { words } from "../words/words";
import { LinkContext } from "./link";
import { Rail } from "./rail";
import styles from "./shell.module.css";
import { ShortcutList } from "./shortcut-list";
import { useShortcuts } from "./shortcuts";
import { useAlerts } from "./use-alerts";

/** The frame around every room, for somebody who is signed in. */
export function Shell() {
  const session = useQuery(sessionQuery).data;
  const navigate = useNavigate();
  const me = session?.me ?? null;
  useEffect(() => {
    if (session?.signed_in === false) void navigate({ to: "/login", search: { next: location.pathname + location.search } });
  }, [session?.signed_in, navigate]);
  useEffect(() => {
    const check = () => void checkSession();
    addEventListener(SIGNED_OUT, check);
    return () => removeEventListener(SIGNED_OUT, check);
  }, []);
  return me === null ? null : me.can.includes("agent") ? <Rooms me={me.id} /> : <NoInbox mayWrite={me.can.includes("editor")} />;
}

function Rooms({ me }: { me: number }) {
  const live = useLive(me);
  const [explains, setExplains] = useState(false);
  useAlerts();
  useShortcuts({ "?": () => setExplains(true) });
  return (
    <LinkContext value={live}>
      <div className={styles.shell}>
        <Rail onShortcuts={() => setExplains(true)} />
        <main className={styles.room}>
          <Outlet />
        </main>
        <ShortcutList opened={explains} onClose={() => setExplains(false)} />
      </div>
    </LinkContext>
  );
}

/** Without an inbox: nothing live, and only the editors' room, for those whose it is. */
function NoInbox({ mayWrite }: { mayWrite: boolean }) {
  const inContent = useLocation({ select: (at) => at.pathname.includes("/content") });
  return (
    <div className={styles.shell}>
      <Rail onShortcuts={null} />
      {mayWrite && inContent ? (
        <main className={styles.room}>
          <Outlet />
        </main>
      ) : (
        <main className={styles.alone}>{words.problem.noInbox}</main>
      )}
    </div>
  );
}
