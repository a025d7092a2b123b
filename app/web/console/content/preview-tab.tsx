import { Alert, Button, Loader, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { safeFragment } from "../../shared/html/safe";
import { api, ok } from "../api/client";
import { Markdown } from "../ui/markdown";
import { contentWords } from "../words/en-content";
import { words } from "../words/words";
import { LoadFailed } from "./page";
import styles from "./preview-tab.module.css";

const PREVIEW = contentWords.preview;

/** The draft as visitors would read it, and as the assistant would quote it. */
export function PreviewTab({ text }: { text: string }) {
  const [question, setQuestion] = useState("");
  const [asked, setAsked] = useState("");
  const body = useRef<HTMLDivElement>(null);
  const { data, error, isFetching, refetch } = useQuery({
    queryKey: ["content-preview", text, asked],
    queryFn: () => ok(api.POST("/v1/editor/preview", { body: { text, ...(asked === "" ? {} : { question: asked }) } })),
    placeholderData: (before) => before,
    gcTime: 60_000,
  });
  useEffect(() => {
    if (data !== undefined) body.current?.replaceChildren(safeFragment(data.html));
  }, [data]);
  return (
    <div className={styles.preview}>
      {error !== null && data === undefined && <LoadFailed error={error} onRetry={() => void refetch()} />}
      {data?.problems.map((problem) => (
        <Alert key={`${problem.line} ${problem.message}`} color="yellow" variant="light">
          {problem.field === null ? "" : `${problem.field}: `}
          {problem.message}
        </Alert>
      ))}
      <section aria-label={PREVIEW.label} className={styles.page}>
        {data?.title !== null && <h3 className={styles.title}>{data?.title}</h3>}
        <div ref={body} className="md article" />
        {data !== undefined && data.html === "" && <p>{PREVIEW.empty}</p>}
        {data === undefined && isFetching && <Loader size="sm" aria-label={words.loading} />}
      </section>
      <section aria-label={PREVIEW.bot}>
        <h3 className={styles.sub}>{PREVIEW.bot}</h3>
        <form
          className={styles.ask}
          onSubmit={(event) => {
            event.preventDefault();
            setAsked(question.trim());
          }}
        >
          <TextInput size="sm" aria-label={PREVIEW.botHint} placeholder={PREVIEW.botHint} value={question} onChange={(event) => setQuestion(event.currentTarget.value)} />
          <Button size="sm" type="submit" variant="default">
            {PREVIEW.show}
          </Button>
        </form>
        {asked !== "" && data !== undefined && (
          <div className={styles.bubble} role="status">
            {data.answer === null ? PREVIEW.noAnswer : <Markdown text={data.answer} />}
          </div>
        )}
      </section>
    </div>
  );
}
