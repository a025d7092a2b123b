import { Tabs } from "@mantine/core";
import { content } from "../words/en-content";
import { AskPanel } from "./ask-panel";
import { ChangesPanel } from "./changes-panel";
import { ChecksPanel } from "./checks-panel";
import { CommentsPanel } from "./comments-panel";
import { HistoryPanel } from "./history-panel";
import { PreviewPanel } from "./preview-panel";
import type { ArticleDetail, Key } from "./types";
import type { Editing } from "./use-draft";

interface Props {
  at: Key;
  detail: ArticleDetail;
  editing: Editing;
  audience: string[];
}

const NAMES = ["preview", "checks", "ask", "changes", "comments", "history"] as const;

/** Everything that helps while one writes. Only the panel that is open asks the server. */
export function SideTabs({ at, detail, editing, audience }: Props) {
  return (
    <Tabs defaultValue="preview" keepMounted={false}>
      <Tabs.List mb="md">
        {NAMES.map((name) => (
          <Tabs.Tab key={name} value={name}>
            {content.tabs[name]}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      <Tabs.Panel value="preview">
        <PreviewPanel text={editing.text} />
      </Tabs.Panel>
      <Tabs.Panel value="checks">
        <ChecksPanel text={editing.text} />
      </Tabs.Panel>
      <Tabs.Panel value="ask">
        <AskPanel text={editing.text} locale={at.locale} sides={audience.includes("seller") && !audience.includes("buyer") ? ["seller", "buyer"] : ["buyer", "seller"]} />
      </Tabs.Panel>
      <Tabs.Panel value="changes">
        <ChangesPanel live={detail.live?.text ?? null} text={editing.text} />
      </Tabs.Panel>
      <Tabs.Panel value="comments">
        <CommentsPanel at={at} draft={editing.draft} />
      </Tabs.Panel>
      <Tabs.Panel value="history">
        <HistoryPanel at={at} detail={detail} onUse={editing.change} />
      </Tabs.Panel>
    </Tabs>
  );
}
