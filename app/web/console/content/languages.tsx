import { Button, Menu } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { notifications } from "@mantine/notifications";
import { api, ok } from "../api/client";
import { inWords } from "../ui/problem";
import { content } from "../words/en-content";
import { refresh } from "./data";
import { withField } from "./front-matter";
import { StatusBadge } from "./status-badge";
import type { ArticleDetail, Key } from "./types";

const LANGUAGES = ["en", "es", "pt-BR"];

interface Props {
  at: Key;
  translations: ArticleDetail["translations"];
  text: string;
}

/** The same article in other languages, and which of them lag behind. */
export function Languages({ at, translations, text }: Props) {
  const navigate = useNavigate();
  const go = (locale: string) => void navigate({ to: "/content/articles/$id/$locale", params: { id: at.article_id, locale } });
  const add = useMutation({
    // A translation begins as the source's text, so that nothing is forgotten.
    mutationFn: (locale: string) => ok(api.POST("/v1/editor/drafts", { body: { text: withField(text, "locale", locale) } })),
    onSuccess: (draft) => {
      refresh();
      go(draft.locale);
    },
    onError: (error) => notifications.show({ color: "red", message: inWords(error) }),
  });
  const there = new Set([at.locale, ...translations.map((one) => one.locale)]);
  return (
    <Menu>
      <Menu.Target>
        <Button variant="default" aria-label={`${content.editor.translations}: ${at.locale}`}>
          {at.locale}
          {translations.some((one) => one.stale) && " ⚠"}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{content.editor.translations}</Menu.Label>
        {translations
          .filter((one) => one.locale !== at.locale)
          .map((one) => (
            <Menu.Item key={one.locale} onClick={() => go(one.locale)} rightSection={<StatusBadge status={one.status} />}>
              {one.locale}
              {one.stale && ` – ${content.list.stale}`}
            </Menu.Item>
          ))}
        {LANGUAGES.filter((locale) => !there.has(locale)).map((locale) => (
          <Menu.Item key={locale} onClick={() => add.mutate(locale)}>
            {content.editor.newTranslation}: {locale}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
