import { Alert, Button, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { staffQuery } from "../inbox/queue";
import { useMe } from "../session/session";
import { Icon } from "../ui/icon";
import { inWords } from "../ui/problem";
import { words } from "../words/words";
import { MemberRow } from "./member-row";
import { type Asked, TeamDialogs } from "./team-dialogs";
import styles from "./team.module.css";

const { team } = words;

/** Accounts of staff, for admins. */
export function TeamRoom() {
  const me = useMe();
  const { data, error, isPending } = useQuery({ ...staffQuery, staleTime: 0 });
  const [asked, setAsked] = useState<Asked | null>(null);
  const [text, setText] = useState("");
  const sought = text.trim().toLowerCase();
  const shown = (data ?? []).filter((one) => `${one.name} ${one.email}`.toLowerCase().includes(sought));
  return (
    <section className={styles.room} aria-labelledby="team-title">
      <div className={styles.page}>
        <header className={styles.head}>
          <h1 id="team-title">{team.title}</h1>
          <Button leftSection={<Icon name="person" />} onClick={() => setAsked({ what: "add" })}>
            {team.add}
          </Button>
          <p>{team.lead}</p>
          <TextInput
            type="search"
            aria-label={team.find}
            placeholder={team.find}
            leftSection={<Icon name="search" size={16} />}
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
          />
        </header>
        {error !== null && (
          <Alert color="red" variant="light" role="alert" title={team.failed}>
            {inWords(error)}
          </Alert>
        )}
        <p className={styles.count} role="status">
          {isPending ? words.loading : data === undefined ? "" : shown.length === 0 ? team.none : team.shown(shown.length)}
        </p>
        <ul className={styles.list}>
          {shown.map((who) => (
            <MemberRow key={who.id} who={who} isMe={who.id === me.id} onAsk={setAsked} />
          ))}
        </ul>
      </div>
      <TeamDialogs asked={asked} onClose={() => setAsked(null)} />
    </section>
  );
}
