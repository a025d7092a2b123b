import { Checkbox } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { safeFragment } from "../../shared/html/safe";
import { api, ok } from "../api/client";
import type { Sop } from "../api/types";
import { useMe } from "../session/session";
import { Markdown } from "../ui/markdown";
import { inWords } from "../ui/problem";
import { words } from "../words/words";
import { Section } from "./brief-tab";
import { briefQuery } from "./case";
import styles from "./panel.module.css";

/** Its place in the list is its number. */
const NUMBER = /^\s*\d{1,2}[.)]\s+/;

/** The procedure that applies; its steps are ticked for everybody. */
export function Procedure({ id, sop }: { id: string; sop: Sop }) {
  const me = useMe();
  const client = useQueryClient();
  const { queryKey } = briefQuery(id);
  const ticks = sop.ticks ?? [];
  const tick = useMutation({
    mutationFn: ({ step, done }: { step: number; done: boolean }) =>
      ok(
        api.PUT("/v1/conversations/{conversation_id}/steps", {
          params: { path: { conversation_id: id } },
          body: { article_id: sop.article_id, revision: sop.revision, step, done },
        }),
      ),
    onMutate: ({ step, done }) => {
      const rest = ticks.filter((one) => one.step !== step);
      show(done ? [...rest, { step, by: { id: me.id, name: me.name }, at: new Date().toISOString() }] : rest);
    },
    onSuccess: (answer) => show(answer.ticks),
    onError: (error) => {
      notifications.show({ color: "red", message: inWords(error) });
      void client.invalidateQueries({ queryKey });
    },
  });
  function show(next: NonNullable<Sop["ticks"]>) {
    const brief = client.getQueryData(queryKey);
    if (brief?.sop != null) client.setQueryData(queryKey, { ...brief, sop: { ...brief.sop, ticks: next } });
  }

  return (
    <Section title={words.brief.sop} count={words.brief.steps(ticks.length, sop.steps.length)}>
      <p className={styles.asked}>{sop.title}</p>
      <ol className={styles.steps}>
        {sop.steps.map((step, at) => {
          const done = ticks.find((one) => one.step === at);
          return (
            <li key={at} className={styles.step} data-done={done !== undefined}>
              <Checkbox
                checked={done !== undefined}
                onChange={(event) => tick.mutate({ step: at, done: event.currentTarget.checked })}
                label={
                  <span className={styles.stepText}>
                    <Markdown text={step.replace(NUMBER, "")} />
                  </span>
                }
                description={done !== undefined && done.by.id !== me.id ? words.brief.ticked(done.by.name) : undefined}
              />
            </li>
          );
        })}
      </ol>
      <Whole html={sop.html} />
    </Section>
  );
}

function Whole({ html }: { html: string }) {
  const [opened, setOpened] = useState(false);
  const body = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (opened) body.current?.replaceChildren(safeFragment(html));
  }, [html, opened]);
  return (
    <details className={styles.more} onToggle={(event) => setOpened(event.currentTarget.open)}>
      <summary>{words.brief.whole}</summary>
      <div ref={body} className="md article" />
    </details>
  );
}
