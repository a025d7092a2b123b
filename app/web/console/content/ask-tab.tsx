import { Alert, Button, NativeSelect, Stack, Text, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { api, ok } from "../api/client";
import { inWords } from "../ui/problem";
import { contentWords } from "../words/en-content";
import styles from "./ask-tab.module.css";
import { Sides } from "./sides";

const ASK = contentWords.ask;
type Audience = "buyer" | "seller";

interface Props {
  text: string;
  locale: string;
  /** Whose article it is: they are asked as first. */
  readers: string[];
}

/** A question to what is live, and to the same with this text in it. */
export function AskTab({ text, locale, readers }: Props) {
  const [question, setQuestion] = useState("");
  const [audience, setAudience] = useState<Audience>(readers.includes("buyer") || !readers.includes("seller") ? "buyer" : "seller");
  const ask = useMutation({ mutationFn: () => ok(api.POST("/v1/editor/ask", { body: { question: question.trim(), audience, locale, texts: [text] } })) });
  return (
    <Stack gap="sm">
      <Text size="sm">{ASK.lead}</Text>
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          if (question.trim() !== "") ask.mutate();
        }}
      >
        <TextInput size="sm" required label={ASK.question} value={question} onChange={(event) => setQuestion(event.currentTarget.value)} />
        <NativeSelect
          size="sm"
          label={ASK.audience}
          value={audience}
          onChange={(event) => setAudience(event.currentTarget.value as Audience)}
          data={[
            { value: "buyer", label: contentWords.audiences["buyer"] ?? "" },
            { value: "seller", label: contentWords.audiences["seller"] ?? "" },
          ]}
        />
        <Button size="sm" type="submit" loading={ask.isPending}>
          {ASK.submit}
        </Button>
      </form>
      <div role="status" aria-live="polite">
        {ask.isPending && <Text size="sm">{ASK.asking}</Text>}
        {ask.isSuccess && (
          <Stack gap="xs">
            {ask.data.before.text === ask.data.after.text && <Text size="sm">{ASK.same}</Text>}
            <Sides before={ask.data.before} after={ask.data.after} />
          </Stack>
        )}
      </div>
      {ask.isError && (
        <Alert color="red" variant="light" role="alert">
          {inWords(ask.error)}
        </Alert>
      )}
    </Stack>
  );
}
