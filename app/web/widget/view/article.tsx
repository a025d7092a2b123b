import { useEffect, useRef, useState } from "preact/hooks";
import type { Article } from "../../shared/api/article";
import { highlight } from "../../shared/html/highlight";
import { safeFragment } from "../../shared/html/safe";
import type { Session } from "../state/session";
import { useLocale, useWords } from "../words/words";
import { articleOf } from "./article-link";
import { Back } from "./back";
import type { Place } from "./panel";

interface Props {
  place: Place;
  session: Session;
  onOpen: (place: Place) => void;
  onBack: () => void;
}

/** The cited article, at the revision that was cited, with the quoted words marked. */
export function ArticleView({ place, session, onOpen, onBack }: Props) {
  const words = useWords();
  const locale = useLocale();
  const [article, setArticle] = useState<Article | "loading" | "articleGone" | "failed">("loading");
  const body = useRef<HTMLDivElement>(null);

  useEffect(() => {
    let current = true;
    setArticle("loading");
    const { api, audience, knownToken } = session;
    api.article(place.article_id, place.revision, audience, place.locale || locale, knownToken ?? undefined).then(
      (found) => current && setArticle(found),
      ({ status }) => current && setArticle(status === 404 ? "articleGone" : "failed"),
    );
    return () => {
      current = false;
    };
  }, [place]);

  useEffect(() => {
    if (body.current === null || typeof article === "string") return;
    body.current.replaceChildren(safeFragment(article.html));
    const mark = place.quote === undefined ? null : highlight(body.current, place.quote);
    mark?.scrollIntoView({ block: "center" });
  }, [article]);

  const onClick = (event: MouseEvent) => {
    const link = event.target instanceof Element ? event.target.closest("a") : null;
    const id = articleOf(link?.getAttribute("href") ?? "");
    if (id === null) return;
    event.preventDefault();
    onOpen({ article_id: id });
  };

  return (
    <div class="page article">
      <Back onBack={onBack} of={place} />
      <div class="page-scroll" tabIndex={0} role="region" aria-label={place.title ?? words.title} aria-busy={article === "loading"}>
        {typeof article === "string" ? (
          <p>{words[article]}</p>
        ) : (
          <article lang={article.locale} onClick={onClick}>
            <h1>{article.title}</h1>
            <div ref={body} class="md" />
            <p class="soft">{words.updated(new Intl.DateTimeFormat(locale, { dateStyle: "long" }).format(new Date(article.updated_at)))}</p>
            <p>
              <a href={session.api.articlePage(article.article_id, place, session.audience, locale)} target="_blank" rel="noopener">
                {words.fullPage}
              </a>
            </p>
          </article>
        )}
      </div>
    </div>
  );
}
