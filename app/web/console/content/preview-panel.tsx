import { useDebouncedValue } from "@mantine/hooks";
import { Alert } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { api, ok } from "../api/client";
import { inWords } from "../ui/problem";
import { content } from "../words/en-content";
import styles from "./editor.module.css";

const PAUSE = 400;

/** The article as the help centre shows it, made by the server's own renderer, which lets no markup through. */
export function PreviewPanel({ text }: { text: string }) {
  const [settled] = useDebouncedValue(text, PAUSE);
  const { data, error } = useQuery({
    queryKey: ["content-preview", settled],
    queryFn: () => ok(api.POST("/v1/editor/preview", { body: { text: settled } })),
    placeholderData: (before) => before,
    gcTime: 0,
  });
  return (
    <>
      {error !== null && (
        <Alert color="red" variant="light" role="alert">
          {inWords(error)}
        </Alert>
      )}
      {data !== undefined && (
        <article className={styles.page} aria-label={content.tabs.preview}>
          <h2>{data.title}</h2>
          <Page html={data.html} />
        </article>
      )}
    </>
  );
}

function Page({ html }: { html: string }) {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // A document of its own runs nothing and loads nothing; only elements are moved over.
    const parsed = new DOMParser().parseFromString(html, "text/html");
    for (const link of parsed.querySelectorAll("a")) link.setAttribute("target", "_blank");
    place.current?.replaceChildren(...parsed.body.childNodes);
  }, [html]);
  return <div ref={place} className="md" />;
}
