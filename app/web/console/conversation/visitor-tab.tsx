import { Alert, Badge, Skeleton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link, useParams, useSearch } from "@tanstack/react-router";
import type { View } from "../inbox/view";
import { age } from "../ui/time";
import { inWords } from "../ui/problem";
import { useNow } from "../ui/use-now";
import { words } from "../words/words";
import { Section } from "./brief-tab";
import { visitorQuery } from "./case";
import styles from "./panel.module.css";

/** Who the visitor is, where they came from, and what they asked before. */
export function VisitorTab({ id }: { id: string }) {
  const { data, error } = useQuery(visitorQuery(id));
  const { view } = useParams({ strict: false }) as { view: View };
  const filters = useSearch({ from: "/shell/inbox/$view" });
  const now = useNow();
  if (error !== null && data === undefined) return <Alert color="red" variant="light">{inWords(error)}</Alert>;
  if (data === undefined) return <Skeleton height={160} radius="md" />;
  const context = Object.entries(data.context).filter(([, value]) => value !== null && value !== "");
  return (
    <>
      <Section title={words.side.tab}>
        <dl className={styles.facts}>
          <dt>{data.name ?? data.visitor_id.slice(0, 8)}</dt>
          <dd>
            <Badge variant="light" radius="sm" tt="none" color={data.identified ? "baton" : "gray"}>
              {data.identified ? words.side.identified : words.side.anonymous}
            </Badge>
          </dd>
          <dt>{words.inbox.filters.audience}</dt>
          <dd>{words.audiences[data.audience ?? ""] ?? data.audience}</dd>
          <dt>{words.inbox.filters.locale}</dt>
          <dd>{words.locales[data.locale ?? ""] ?? data.locale}</dd>
        </dl>
      </Section>
      <Section title={words.side.context}>
        {context.length === 0 ? (
          <p className={styles.quiet}>{words.side.noContext}</p>
        ) : (
          <dl className={styles.facts}>
            {context.map(([name, value]) => (
              <FactRow key={name} name={words.side.fields[name] ?? name.replaceAll("_", " ")} value={String(value)} />
            ))}
          </dl>
        )}
      </Section>
      <Section title={words.side.others} count={data.conversations.length > 0 ? String(data.conversations.length) : ""}>
        {data.conversations.length === 0 && <p className={styles.quiet}>{words.side.noOthers}</p>}
        <ul className={styles.entries}>
          {data.conversations.map((other) => (
            <li key={other.id}>
              <Link to="/inbox/$view/$id" params={{ view, id: other.id }} search={filters} className={styles.other}>
                <span>{other.question ?? words.talk.label}</span>
                <span className={styles.by}>
                  {words.talk.states[other.state] ?? other.state} · {age(other.updated_at, now)}
                  {other.reason != null && ` · ${words.reasons[other.reason] ?? other.reason}`}
                </span>
              </Link>
            </li>
          ))}
        </ul>
      </Section>
    </>
  );
}

function FactRow({ name, value }: { name: string; value: string }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </>
  );
}
