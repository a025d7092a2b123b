import { Badge, Button, NativeSelect } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useMutation, useQuery } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { api, ok } from "../api/client";
import { inWords } from "../ui/problem";
import { contentWords } from "../words/en-content";
import styles from "./gaps.module.css";
import { LoadFailed, Loading, Nothing, Page } from "./page";
import { refreshContent } from "./queries";
import type { Draft, Gap } from "./types";

const GAPS = contentWords.gaps;

/** What visitors ask that no article answers, the costliest first. */
export function Gaps() {
  const [days, setDays] = useState(30);
  const { data, error, isPending, refetch } = useQuery({ queryKey: ["content", "gaps", days], queryFn: () => ok(api.GET("/v1/editor/gaps", { params: { query: { days } } })) });
  const pick = (
    <NativeSelect
      size="sm"
      aria-label={GAPS.days}
      value={String(days)}
      onChange={(event) => setDays(Number(event.currentTarget.value))}
      data={Object.entries(GAPS.dayChoices).map(([value, label]) => ({ value, label: `${GAPS.days} ${label}` }))}
    />
  );
  return (
    <Page title={contentWords.nav.gaps} tools={pick}>
      {isPending ? (
        <Loading />
      ) : data === undefined ? (
        <LoadFailed error={error} onRetry={() => void refetch()} />
      ) : data.items.length === 0 ? (
        <Nothing icon="check" text={GAPS.none} />
      ) : (
        <ul className={styles.list}>
          {data.items.map((gap) => (
            <GapCard key={gap.id} gap={gap} />
          ))}
        </ul>
      )}
    </Page>
  );
}

function GapCard({ gap }: { gap: Gap }) {
  const navigate = useNavigate();
  const open = (key: { article_id: string; locale: string | null }) =>
    void navigate({ to: "/content/articles/$id/$locale", params: { id: key.article_id, locale: key.locale ?? gap.locales[0] ?? "en" } });
  const write = useMutation({
    mutationFn: async () => (await ok(api.POST("/v1/editor/gaps/{gap_id}/draft", { params: { path: { gap_id: gap.id } } }))) as Draft,
    onSuccess: (draft) => {
      refreshContent();
      open(draft);
    },
    onError: (error) => notifications.show({ color: "red", message: inWords(error) }),
  });
  return (
    <li className={styles.gap}>
      <div className={styles.head}>
        <h3 className={styles.name}>{gap.name}</h3>
        <Badge variant={gap.state === "closed" ? "light" : "outline"} color={gap.state === "closed" ? "baton" : "yellow"} size="sm" tt="none" autoContrast>
          {GAPS.states[gap.state] ?? gap.state}
        </Badge>
      </div>
      <p className={styles.cost}>
        {GAPS.visitors(gap.visitors)} · {GAPS.handoffs(gap.handoffs)} · {GAPS.answered(gap.answered, gap.asked)}
      </p>
      {gap.known_article !== null && (
        <p className={styles.cost}>
          <Link to="/content/articles/$id/$locale" params={{ id: gap.known_article.article_id, locale: gap.known_article.locale ?? "en" }}>
            {GAPS.known(gap.known_article.title ?? gap.known_article.article_id)}
          </Link>
        </p>
      )}
      <div className={styles.said}>
        <Said title={GAPS.questions} texts={gap.questions} />
        <Said title={GAPS.answers} texts={gap.answers} none={GAPS.noAnswers} />
      </div>
      <Button size="sm" variant="default" loading={write.isPending} onClick={() => (gap.draft !== null && gap.state === "drafted" ? open(gap.draft) : write.mutate())}>
        {gap.state === "drafted" ? GAPS.openDraft : GAPS.write}
      </Button>
    </li>
  );
}

function Said({ title, texts, none }: { title: string; texts: string[]; none?: string }) {
  return (
    <section aria-label={title}>
      <h4 className={styles.sub}>{title}</h4>
      {texts.length === 0 ? (
        <p className={styles.cost}>{none}</p>
      ) : (
        <ul className={styles.texts}>
          {texts.slice(0, 6).map((text, at) => (
            <li key={at}>{text}</li>
          ))}
        </ul>
      )}
    </section>
  );
}
