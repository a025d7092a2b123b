import { Badge, Button } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { api, ok } from "../api/client";
import { notifications } from "@mantine/notifications";
import { inWords } from "../ui/problem";
import { contentWords as words } from "../words/en-content";
import { split, withField } from "./front-matter";
import { articleQuery } from "./queries";
import { TextSide } from "./side-by-side";
import styles from "./tab-list.module.css";
import type { ArticleDetail, Key } from "./types";

/** The article in its other languages, beside this text. */
export function TranslationsTab({ at, detail, text }: { at: Key; detail: ArticleDetail; text: string }) {
  const navigate = useNavigate();
  const [shown, setShown] = useState<string | null>(null);
  const others = detail.translations.filter((one) => one.locale !== at.locale);
  const missing = Object.keys(words.locales).filter((one) => one !== at.locale && !others.some((other) => other.locale === one));
  const open = (locale: string) => navigate({ to: "/content/articles/$id/$locale", params: { id: at.article_id, locale } });
  const add = useMutation({
    mutationFn: (locale: string) => ok(api.POST("/v1/editor/drafts", { body: { text: withField(text, "locale", locale) } })),
    onSuccess: (draft) => void open(draft.locale),
    onError: (error) => notifications.show({ color: "red", message: inWords(error) }),
  });
  return (
    <>
      {others.length === 0 && <p>{words.translations.none}</p>}
      <ul className={styles.list}>
        {others.map((one) => (
          <li key={one.locale} className={styles.item}>
            <Link className={styles.about} to="/content/articles/$id/$locale" params={{ id: at.article_id, locale: one.locale }}>
              {words.locales[one.locale] ?? one.locale}
            </Link>
            <Badge variant={one.stale ? "outline" : "light"} color={one.stale ? "yellow" : "baton"} size="sm" tt="none" autoContrast title={one.stale ? words.translations.stale : undefined}>
              {one.stale ? words.list.stale : words.translations.fresh}
            </Badge>
            <Button size="compact-xs" variant="default" aria-pressed={shown === one.locale} onClick={() => setShown(shown === one.locale ? null : one.locale)}>
              {words.translations.show}
            </Button>
          </li>
        ))}
        {missing.map((locale) => (
          <li key={locale} className={styles.item}>
            <span className={styles.about}>{words.locales[locale]}</span>
            <Button size="compact-xs" variant="default" loading={add.isPending && add.variables === locale} onClick={() => add.mutate(locale)}>
              {words.translations.add}
            </Button>
          </li>
        ))}
      </ul>
      {shown !== null && <OtherLanguage at={{ article_id: at.article_id, locale: shown }} />}
    </>
  );
}

function OtherLanguage({ at }: { at: Key }) {
  const { data } = useQuery(articleQuery(at));
  const text = data?.draft?.text ?? data?.live?.text ?? "";
  return data === undefined ? null : <TextSide title={data.row.title} text={split(text)?.body ?? text} quote={null} />;
}
