import { ActionIcon, Tooltip } from "@mantine/core";
import { Link, useLocation } from "@tanstack/react-router";
import { use } from "react";
import type { Me } from "../api/types";
import { AccountMenu } from "../session/account-menu";
import { useMe } from "../session/session";
import { Icon, type IconName } from "../ui/icon";
import { words } from "../words/words";
import { LinkContext } from "./link";
import { Mentions } from "./mentions";
import styles from "./rail.module.css";

interface Room {
  name: string;
  icon: IconName;
  to: "/" | "/content" | "/audit" | "/staff";
  /** The paths that belong to it. */
  under: string;
  /** One of these roles. */
  needs: Me["role"][];
}

/** Reports (leads) get a line here when they exist. */
const ROOMS: Room[] = [
  { name: words.nav.inbox, icon: "inbox", to: "/", under: "/inbox", needs: ["agent"] },
  { name: words.nav.content, icon: "content", to: "/content", under: "/content", needs: ["editor", "lead"] },
  { name: words.audit.nav, icon: "history", to: "/audit", under: "/audit", needs: ["lead"] },
  { name: words.team.nav, icon: "person", to: "/staff", under: "/staff", needs: ["admin"] },
];

export function Rail({ onShortcuts }: { onShortcuts: (() => void) | null }) {
  const me = useMe();
  const live = use(LinkContext);
  const path = useLocation({ select: (at) => at.pathname });
  const atDesk = onShortcuts !== null;
  return (
    <nav aria-label={words.nav.label} className={styles.rail}>
      <span className={styles.mark} aria-hidden="true">
        <svg width="26" height="26" viewBox="0 0 24 24" fill="none" stroke="currentColor" strokeWidth="2.4" strokeLinecap="round">
          <path d="M5 19 16 8" />
          <circle cx="18" cy="6" r="2.6" />
        </svg>
      </span>
      <div className={styles.rooms}>
        {ROOMS.filter((room) => room.needs.some((role) => me.can.includes(role))).map((room) => (
          <Tooltip key={room.name} label={room.name} position="right">
            <Link to={room.to} className={styles.room} aria-current={path.includes(room.under) ? "page" : undefined}>
              <Icon name={room.icon} size={22} />
              <span className={styles.name}>{room.name}</span>
            </Link>
          </Tooltip>
        ))}
      </div>
      <div className={styles.end}>
        {atDesk && (
          <>
            <p className={styles.link} data-up={live} role="status">
              <span className={styles.dot} />
              <span className={live ? styles.linkName : undefined}>{live ? words.link.up : words.link.down}</span>
            </p>
            <Mentions />
            <Tooltip label={`${words.nav.shortcuts} (?)`} position="right">
              <ActionIcon variant="transparent" size={40} className={`${styles.tool} ${styles.keys}`} aria-label={words.nav.shortcuts} onClick={onShortcuts}>
                <Icon name="keys" size={22} />
              </ActionIcon>
            </Tooltip>
          </>
        )}
        <AccountMenu atDesk={atDesk} />
      </div>
    </nav>
  );
}
