import { Tabs } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { api, ok } from "../api/client";
import { contentWords as words } from "../words/en-content";
import { AskTab } from "./ask-tab";
import { CommentsTab } from "./comments-tab";
import styles from "./desk-panel.module.css";
import { DiffView } from "./diff-view";
import { FindingList } from "./finding-list";
import { HistoryTab } from "./history-tab";
import { PreviewTab } from "./preview-tab";
import { TranslationsTab } from "./translations-tab";
import type { ArticleDetail, Draft, Key } from "./types";
import { useSettled } from "./use-settled";

const TABS = ["preview", "ask", "checks", "diff", "comments", "translations", "history"] as const;
export type Tab = (typeof TABS)[number];

interface Props {
  at: Key;
  detail: ArticleDetail;
  text: string;
  draft: Draft | null;
  tab: Tab;
  onTab: (tab: Tab) => void;
  onLine: (line: number) => void;
  onText: (text: string) => void;
}

/** Checks and previews follow when the typing pauses this long, in ms. */
const PAUSE = 600;

export function DeskPanel({ at, detail, text, draft, tab, onTab, onLine, onText }: Props) {
  const settled = useSettled(text, PAUSE);
  const checks = useQuery({
    queryKey: ["content-checks", settled],
    queryFn: () => ok(api.POST("/v1/editor/checks", { body: { text: settled } })),
    placeholderData: (before) => before,
    gcTime: 60_000,
  });
  const findings = checks.data?.findings;
  return (
    <aside className={styles.panel} aria-label={words.editor.panel}>
      <Tabs value={tab} onChange={(value) => onTab((value ?? "preview") as Tab)} keepMounted={false}>
        <Tabs.List className={styles.tabs}>
          {TABS.map((one) => (
            <Tabs.Tab key={one} value={one}>
              {words.editor.tabs[one]}
              {one === "checks" && findings !== undefined && findings.length > 0 ? ` (${findings.length})` : ""}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <div className={styles.content}>
          <Tabs.Panel value="preview">
            <PreviewTab text={settled} />
          </Tabs.Panel>
          <Tabs.Panel value="ask">
            <AskTab text={text} locale={at.locale} readers={detail.row.audience} />
          </Tabs.Panel>
          <Tabs.Panel value="checks">
            <FindingList findings={findings} error={checks.error} onRetry={() => void checks.refetch()} text={text} onLine={onLine} />
          </Tabs.Panel>
          <Tabs.Panel value="diff">{detail.live === null ? <p>{words.diff.fresh}</p> : <DiffView before={detail.live.text} after={text} names={[words.diff.before, words.diff.after]} />}</Tabs.Panel>
          <Tabs.Panel value="comments">
            <CommentsTab at={at} hasDraft={draft !== null} />
          </Tabs.Panel>
          <Tabs.Panel value="translations">
            <TranslationsTab at={at} detail={detail} text={text} />
          </Tabs.Panel>
          <Tabs.Panel value="history">
            <HistoryTab at={at} detail={detail} version={draft?.version ?? 0} text={text} onText={onText} />
          </Tabs.Panel>
        </div>
      </Tabs>
    </aside>
  );
}
