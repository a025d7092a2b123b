import { Alert, Button, SegmentedControl } from "@mantine/core";
import { useCallback, useRef, useState } from "react";
import { contentWords as words } from "../words/en-content";
import { ConflictDialog } from "./conflict-dialog";
import styles from "./desk.module.css";
import { DeskHead } from "./desk-head";
import { DeskPanel, type Tab } from "./desk-panel";
import { Fields } from "./fields";
import { linesBefore, readFront, split, withBody } from "./front-matter";
import { goToLine, MarkdownBox } from "./markdown-box";
import { PublishDialog } from "./publish-dialog";
import { refreshContent } from "./queries";
import type { ArticleDetail, Key } from "./types";
import { useDraftText } from "./use-draft-text";
import { useOthers } from "./use-others";

type Mode = "form" | "file";

/** Where an article is written: the text on one side, what can be said about it on the other. */
export function Desk({ at, detail }: { at: Key; detail: ArticleDetail }) {
  const draft = useDraftText(at, detail, useCallback(refreshContent, []));
  const others = useOthers(at, draft.state.kind !== "saved");
  const [wanted, setMode] = useState<Mode>("form");
  const [tab, setTab] = useState<Tab>("preview");
  const [publishing, setPublishing] = useState(false);
  const box = useRef<HTMLTextAreaElement>(null);
  const front = readFront(draft.text);
  const mode: Mode = front === null ? "file" : wanted;

  const toLine = (line: number) => {
    const before = linesBefore(draft.text);
    const inBody = mode === "form" && line > before;
    if (!inBody) setMode("file");
    // The other box is there after the next paint.
    requestAnimationFrame(() => box.current !== null && goToLine(box.current, inBody ? line - before : line));
  };
  const publish = async () => {
    await draft.save();
    setPublishing(true);
  };
  return (
    <section
      className={styles.desk}
      aria-label={detail.row.title}
      onKeyDown={(event) => {
        if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== "s") return;
        event.preventDefault();
        void draft.save();
      }}
    >
      <DeskHead at={at} detail={detail} draft={draft} others={others} onPublish={() => void publish()} />
      <div className={styles.sides}>
        <div className={styles.writing}>
          {draft.restored && draft.state.kind !== "conflict" && <Alert variant="light">{words.editor.restored}</Alert>}
          {draft.state.kind === "offline" && (
            <Alert variant="light" color="yellow" role="alert">
              {words.editor.offline}
            </Alert>
          )}
          {draft.state.kind === "refused" && (
            <Alert variant="light" color="red" role="alert" title={words.editor.refused}>
              {draft.state.why}
            </Alert>
          )}
          {draft.draft?.outdated === true && (
            <Alert variant="light" color="yellow" className={styles.outdated}>
              {words.editor.outdated}
              <span className={styles.choices}>
                <Button size="xs" variant="default" onClick={() => setTab("diff")}>
                  {words.editor.compare}
                </Button>
                <Button size="xs" variant="default" onClick={() => void draft.save(true)}>
                  {words.editor.looked}
                </Button>
              </span>
            </Alert>
          )}
          <SegmentedControl
            size="xs"
            aria-label={words.editor.mode}
            value={mode}
            disabled={front === null}
            onChange={(value) => setMode(value as Mode)}
            data={[
              { value: "form", label: words.editor.form },
              { value: "file", label: words.editor.file },
            ]}
          />
          {front === null && (
            <Alert variant="light" color="yellow">
              {words.fields.broken}
            </Alert>
          )}
          {front !== null && mode === "form" && <Fields front={front} locale={at.locale} text={draft.text} onText={draft.change} />}
          <MarkdownBox
            key={mode}
            boxRef={box}
            label={mode === "form" ? words.editor.body : words.editor.whole}
            value={mode === "form" ? (split(draft.text)?.body ?? "") : draft.text}
            onChange={(value) => draft.change(mode === "form" ? withBody(draft.text, value) : value)}
          />
        </div>
        <DeskPanel at={at} detail={detail} text={draft.text} draft={draft.draft} tab={tab} onTab={setTab} onLine={toLine} onText={draft.change} />
      </div>
      <ConflictDialog state={draft.state} mine={draft.text} onResolve={draft.resolve} />
      {publishing && <PublishDialog keys={[at]} onClose={() => setPublishing(false)} />}
    </section>
  );
}
