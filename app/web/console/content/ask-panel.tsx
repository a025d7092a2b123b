import { Alert, Button, Group, NativeSelect, Stack, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { api, ok } from "../api/client";
import { inWords } from "../ui/problem";
import { content } from "../words/en-content";
import { AnswerView } from "./answer-view";
import styles from "./editor.module.css";

interface Props {
  text: string;
  locale: string;
  sides: ("buyer" | "seller")[];
}

/** A visitor's question to what is live and to the text as it stands in the editor. */
export function AskPanel({ text, locale, sides }: Props) {
  const [question, setQuestion] = useState("");
  const [audience, setAudience] = useState(sides[0] ?? "buyer");
  const ask = useMutation({
    mutationFn: () => ok(api.POST("/v1/editor/ask", { body: { question: question.trim(), audience, locale, drafts: [], texts: [text] } })),
  });
  const same = ask.data !== undefined && ask.data.before.text === ask.data.after.text && ask.data.before.outcome === ask.data.after.outcome;
  return (
    <Stack gap="md">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (question.trim() !== "" && !ask.isPending) ask.mutate();
        }}
      >
        <TextInput label={content.ask.question} description={content.ask.hint} maxLength={2_000} value={question} onChange={(event) => setQuestion(event.currentTarget.value)} />
        <Group mt="xs" align="end">
          <NativeSelect
            label={content.ask.as}
            value={audience}
            onChange={(event) => setAudience(event.currentTarget.value === "seller" ? "seller" : "buyer")}
            data={sides.map((value) => ({ value, label: content.audience[value] ?? value }))}
          />
          <Button type="submit" loading={ask.isPending} disabled={question.trim() === ""}>
            {content.ask.ask}
          </Button>
        </Group>
      </form>
      {ask.isError && (
        <Alert color="red" variant="light" role="alert">
          {inWords(ask.error)}
        </Alert>
      )}
      {ask.data !== undefined && (
        <div role="status">
          {same && <p>{content.ask.same}</p>}
          <div className={styles.two}>
            <AnswerView title={content.ask.before} said={ask.data.before} />
            <AnswerView title={content.ask.after} said={ask.data.after} />
          </div>
        </div>
      )}
    </Stack>
  );
}
