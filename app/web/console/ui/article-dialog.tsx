import { useEffect, useRef, useState } from "preact/hooks";
import type { Article } from "../../shared/api/article";
import type { Citation } from "../../shared/api/event";
import type { StaffApi } from "../../shared/api/staff";
import { highlight } from "../../shared/html/highlight";
import { safeFragment } from "../../shared/html/safe";
import { Dialog } from "./dialog";
import { inWords } from "./words";

interface Props {
  api: StaffApi;
  citation: Citation;
  audience: string;
  onClose: () => void;
}

/** What the assistant cited, at that revision, with the quote marked. */
export function ArticleDialog({ api, citation, audience, onClose }: Props) {
  const [article, setArticle] = useState<Article | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const body = useRef<HTMLDivElement>(null);

  useEffect(() => {
    api.article(citation.article_id, citation.revision, audience).then(setArticle, (error: unknown) => setProblem(inWords(error)));
  }, []);
  useEffect(() => {
    if (article === null || body.current === null) return;
    body.current.replaceChildren(safeFragment(article.html));
    highlight(body.current, citation.quote)?.scrollIntoView({ block: "center" });
  }, [article]);

  return (
    <Dialog title={citation.title} onClose={onClose}>
      <p class="soft">
        {citation.article_id}, revision {citation.revision}
      </p>
      {problem !== null && (
        <>
          <p class="bad">{problem}</p>
          <blockquote>{citation.quote}</blockquote>
        </>
      )}
      <div ref={body} class="md" />
    </Dialog>
  );
}
