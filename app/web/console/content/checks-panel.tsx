import { Alert, Badge, Button, Loader, Modal } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { api, ok } from "../api/client";
import { inWords } from "../ui/problem";
import { content } from "../words/en-content";
import { words } from "../words/words";
import { articleQuery } from "./data";
import styles from "./editor.module.css";
import type { Finding } from "./types";

const PAUSE = 800;
const COLOURS: Record<string, string> = { error: "red", warning: "yellow", hint: "gray" };

export function ChecksPanel({ text }: { text: string }) {
  const [settled] = useDebouncedValue(text, PAUSE);
  const [beside, setBeside] = useState<Finding | null>(null);
  const { data, error, isPending } = useQuery({
    queryKey: ["content-checks", settled],
    queryFn: () => ok(api.POST("/v1/editor/checks", { body: { text: settled } })),
    placeholderData: (before) => before,
    gcTime: 0,
  });
  return (
    <>
      {isPending && <Loader aria-label={words.loading} />}
      {error !== null && (
        <Alert color="red" variant="light" role="alert">
          {inWords(error)}
        </Alert>
      )}
      {data?.findings.length === 0 && <p>{content.checks.none}</p>}
      <ul className={styles.list}>
        {data?.findings.map((finding, at) => (
          <li key={at} className={styles.item}>
            <Badge variant="light" tt="none" color={COLOURS[finding.severity] ?? "gray"} autoContrast>
              {content.checks.severity[finding.severity]}
            </Badge>{" "}
            {finding.line != null && <span className={styles.quiet}>{content.editor.line(finding.line)}</span>}
            <p>
              <strong>{finding.message}</strong>
            </p>
            {finding.quote != null && <p className={styles.quiet}>“{finding.quote}”</p>}
            <p>{finding.cure}</p>
            {finding.other != null && (
              <Button size="compact-sm" variant="default" onClick={() => setBeside(finding)}>
                {content.checks.beside}
              </Button>
            )}
          </li>
        ))}
      </ul>
      <Modal opened={beside !== null} onClose={() => setBeside(null)} size="90%" title={content.checks.beside} closeButtonProps={{ "aria-label": words.close }}>
        {beside !== null && <Beside text={text} finding={beside} />}
      </Modal>
    </>
  );
}

function Beside({ text, finding }: { text: string; finding: Finding }) {
  const other = finding.other;
  const { data } = useQuery({ ...articleQuery({ article_id: other?.article_id ?? "", locale: other?.locale ?? "" }), enabled: other != null });
  if (other == null) return null;
  return (
    <>
      <p>{finding.message}</p>
      <div className={styles.two}>
        <pre className={styles.diff} tabIndex={0}>
          <Marked text={text} quote={finding.quote ?? ""} />
        </pre>
        <div>
          <h4>{content.checks.other(other.title)}</h4>
          <pre className={styles.diff} tabIndex={0}>
            <Marked text={data?.live?.text ?? data?.draft?.text ?? ""} quote={other.quote ?? ""} />
          </pre>
        </div>
      </div>
    </>
  );
}

function Marked({ text, quote }: { text: string; quote: string }) {
  const at = quote === "" ? -1 : text.indexOf(quote);
  if (at < 0) return text;
  return (
    <>
      {text.slice(0, at)}
      <mark>{quote}</mark>
      {text.slice(at + quote.length)}
    </>
  );
}
