import { Alert, Button, Group, Loader, Menu, SegmentedControl, Text, Textarea } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useParams } from "@tanstack/react-router";
import { useState } from "react";
import { api, ok } from "../api/client";
import { Icon } from "../ui/icon";
import { inWords } from "../ui/problem";
import { content } from "../words/en-content";
import { words } from "../words/words";
import { Conflict } from "./conflict";
import { articleQuery, path } from "./data";
import styles from "./editor.module.css";
import { FieldsForm } from "./fields-form";
import { split, withBody } from "./front-matter";
import { Languages } from "./languages";
import { PublishDialog } from "./publish-dialog";
import { SideTabs } from "./side-tabs";
import { StatusBadge } from "./status-badge";
import type { ArticleDetail, Key } from "./types";
import { useDraft } from "./use-draft";
import { usePresence } from "./use-presence";

export function EditorRoute() {
  const { id, locale } = useParams({ from: "/shell/content/articles/$id/$locale" });
  const key = { article_id: id, locale };
  const { data, error, refetch } = useQuery(articleQuery(key));
  if (data !== undefined) return <Editor key={`${id}/${locale}`} at={key} detail={data} />;
  if (error === null) return <Loader m="xl" aria-label={words.loading} />;
  return (
    <Alert m="lg" color="red" variant="light" role="alert">
      {inWords(error)}{" "}
      <Button size="compact-sm" variant="light" color="red" onClick={() => void refetch()}>
        {words.retry}
      </Button>
    </Alert>
  );
}

function Editor({ at, detail }: { at: Key; detail: ArticleDetail }) {
  const editing = useDraft(at, detail);
  const others = usePresence(at, editing.saving !== "saved");
  const navigate = useNavigate();
  const [source, setSource] = useState(false);
  const [publishes, setPublishes] = useState<Key[] | null>(null);
  const parts = split(editing.text);
  const problems = editing.draft?.problems ?? [];
  const undo = useMutation({
    mutationFn: () => ok(api.POST("/v1/editor/drafts/{article_id}/{locale}/undo", { ...path(at), body: { version: editing.version } })),
    onSuccess: (draft) => editing.adopt(draft, draft.text),
  });
  const discard = useMutation({
    mutationFn: () => ok(api.DELETE("/v1/editor/drafts/{article_id}/{locale}", path(at))),
    onSuccess: () => {
      editing.adopt(null, detail.live?.text ?? "");
      if (detail.live === null) void navigate({ to: "/content/articles", search: {} });
    },
  });
  const publish = async () => {
    if (await editing.flush()) setPublishes([at]);
  };
  const state = { saved: editing.draft === null ? content.editor.noDraft : content.editor.saved, unsaved: content.editor.unsaved, saving: content.editor.saving, offline: content.editor.offline }[editing.saving];
  return (
    <div className={styles.editor}>
      <header className={styles.top}>
        <Button component={Link} to="/content/articles" variant="subtle" size="compact-md" leftSection={<Icon name="back" />}>
          {content.editor.back}
        </Button>
        <h2 className={styles.heading}>{parts?.fields.title || at.article_id}</h2>
        <StatusBadge status={detail.row.status} />
        <span role="status" className={styles.state}>
          {state}
        </span>
        <Languages at={at} translations={detail.translations} text={editing.text} />
        <Button disabled={editing.draft === null && editing.saving === "saved"} onClick={() => void publish()}>
          {content.editor.publish}
        </Button>
        <Menu position="bottom-end">
          <Menu.Target>
            <Button variant="default" aria-label={words.talk.more}>
              …
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item disabled={editing.draft === null} onClick={() => undo.mutate()}>
              {content.editor.undo}
            </Menu.Item>
            <Menu.Item disabled={editing.draft === null} onClick={() => discard.mutate()}>
              {content.editor.discard}
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      </header>
      <div className={styles.panes}>
        <div className={styles.write}>
          {others.length > 0 && <Alert mb="sm" variant="light" color="yellow" role="status" title={content.editor.others(others.join(", "))} />}
          {editing.restored && editing.saving !== "saved" && <Alert mb="sm" variant="light" title={content.editor.restored} />}
          {editing.draft?.outdated === true && <Alert mb="sm" variant="light" color="yellow" title={content.editor.outdated} />}
          {[editing.problem, undo.error, discard.error].map(
            (error, place) =>
              error !== null && (
                <Alert key={place} mb="sm" variant="light" color="red" role="alert">
                  {inWords(error)}
                </Alert>
              ),
          )}
          {editing.theirs !== null && <Conflict mine={editing.text} theirs={editing.theirs} onSettle={editing.settle} />}
          <Group mb="sm">
            <SegmentedControl
              aria-label={content.editor.form}
              value={source || parts === null ? "source" : "form"}
              onChange={(value) => setSource(value === "source")}
              data={[
                { value: "form", label: content.editor.form, disabled: parts === null },
                { value: "source", label: content.editor.source },
              ]}
            />
            {parts === null && <Text size="sm">{content.editor.unread}</Text>}
          </Group>
          {problems.length > 0 && (
            <Alert mb="sm" variant="light" color="yellow" title={content.editor.problems(problems.length)}>
              {problems.map((problem, place) => (
                <div key={place}>
                  {problem.line > 0 && `${content.editor.line(problem.line)}: `}
                  {problem.field !== "" && <code>{problem.field}</code>} {problem.message}
                </div>
              ))}
            </Alert>
          )}
          {source || parts === null ? (
            <Textarea aria-label={content.editor.source} className={styles.text} autosize minRows={22} value={editing.text} onChange={(event) => editing.change(event.currentTarget.value)} />
          ) : (
            <>
              <FieldsForm text={editing.text} fields={parts.fields} onChange={editing.change} />
              <Textarea
                mt="md"
                label={content.editor.body}
                className={styles.text}
                autosize
                minRows={14}
                value={parts.body}
                onChange={(event) => editing.change(withBody(editing.text, event.currentTarget.value))}
              />
            </>
          )}
        </div>
        <aside className={styles.side} aria-label={content.tabs.preview}>
          <SideTabs at={at} detail={detail} editing={editing} audience={parts?.fields.audience ?? detail.row.audience} />
        </aside>
      </div>
      {publishes !== null && <PublishDialog keys={publishes} onClose={() => setPublishes(null)} onPublished={() => editing.adopt(null, editing.text)} />}
    </div>
  );
}
