import { Alert, Badge, Button, EmptyState, Loader, NativeSelect, Text } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { api, ok } from "../api/client";
import { Icon } from "../ui/icon";
import { inWords } from "../ui/problem";
import { content } from "../words/en-content";
import { words } from "../words/words";
import styles from "./content.module.css";
import { refresh } from "./data";
import type { Draft, Gap } from "./types";

const DAYS = ["7", "30", "90"];
const SHOWN = 6;
const COLOURS: Record<Gap["state"], string> = { open: "yellow", drafted: "yellow", closed: "baton", reopened: "red" };

/** What visitors ask that nothing answers well, the costliest first. */
export function Gaps() {
  const [days, setDays] = useState("30");
  const { data, error, isPending } = useQuery({
    queryKey: ["content", "gaps", days],
    queryFn: () => ok(api.GET("/v1/editor/gaps", { params: { query: { days: Number(days) } } })),
    staleTime: 0,
  });
  return (
    <div className={styles.cards}>
      <NativeSelect w={160} label={content.gap.days} data={DAYS} value={days} onChange={(event) => setDays(event.currentTarget.value)} />
      {isPending && <Loader aria-label={words.loading} />}
      {error !== null && (
        <Alert color="red" variant="light" role="alert">
          {inWords(error)}
        </Alert>
      )}
      {data?.items.length === 0 && <EmptyState icon={<Icon name="check" size={40} />} title={content.gap.none} description={content.gap.noneWhat} />}
      {data?.items.map((gap) => <GapCard key={gap.id} gap={gap} />)}
    </div>
  );
}

function GapCard({ gap }: { gap: Gap }) {
  const navigate = useNavigate();
  const write = useMutation({
    mutationFn: async () => (await ok(api.POST("/v1/editor/gaps/{gap_id}/draft", { params: { path: { gap_id: gap.id } } }))) as Draft,
    onSuccess: (draft) => {
      refresh();
      void navigate({ to: "/content/articles/$id/$locale", params: { id: draft.article_id, locale: draft.locale } });
    },
  });
  return (
    <section className={styles.card} aria-label={gap.name}>
      <div className={styles.row}>
        <Text fw={600} className={styles.grow}>
          {gap.name}
        </Text>
        <Badge variant="light" tt="none" color={COLOURS[gap.state]} autoContrast>
          {content.gap.states[gap.state]}
        </Badge>
        <span className={styles.sub}>{content.gap.cost(gap.visitors, gap.handoffs)}</span>
      </div>
      <p className={styles.quiet}>{content.gap.asked}</p>
      <ul className={styles.quotes}>
        {gap.questions.slice(0, SHOWN).map((question, at) => (
          <li key={at}>{question}</li>
        ))}
      </ul>
      {gap.answers.length > 0 && (
        <>
          <p className={styles.quiet}>{content.gap.answered}</p>
          <ul className={styles.quotes}>
            {gap.answers.slice(0, 3).map((answer, at) => (
              <li key={at}>{answer}</li>
            ))}
          </ul>
        </>
      )}
      {write.isError && (
        <Alert color="red" variant="light" role="alert">
          {inWords(write.error)}
        </Alert>
      )}
      {gap.draft?.locale != null ? (
        <Link to="/content/articles/$id/$locale" params={{ id: gap.draft.article_id, locale: gap.draft.locale }}>
          {content.gap.open}
        </Link>
      ) : (
        gap.state !== "closed" && (
          <Button size="compact-md" loading={write.isPending} aria-label={`${content.gap.write}: ${gap.name}`} onClick={() => write.mutate()}>
            {content.gap.write}
          </Button>
        )
      )}
    </section>
  );
}
