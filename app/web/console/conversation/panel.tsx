import { ActionIcon, Tabs } from "@mantine/core";
import type { UseQueryResult } from "@tanstack/react-query";
import type { Brief, Citation } from "../api/types";
import { Icon } from "../ui/icon";
import { words } from "../words/words";
import { AuditTab } from "./audit-tab";
import { BriefTab } from "./brief-tab";
import styles from "./panel.module.css";
import { VisitorTab } from "./visitor-tab";

export type PanelTab = "brief" | "visitor" | "audit";

interface Props {
  id: string;
  tab: PanelTab;
  onTab: (tab: PanelTab) => void;
  onClose: () => void;
  brief: UseQueryResult<Brief>;
  handedOver: boolean;
  canUse: boolean;
  lead: boolean;
  onUse: (text: string) => void;
  onSend: (text: string) => void;
  onCite: (citation: Citation) => void;
}

/** Beside the talk: what an agent should know before the first word, who the visitor is, who did what. */
export function Panel({ id, tab, onTab, onClose, lead, ...rest }: Props) {
  return (
    <aside className={styles.panel} aria-label={words.talk.panel}>
      <Tabs value={tab} onChange={(next) => onTab((next ?? "brief") as PanelTab)} keepMounted={false} classNames={{ root: styles.tabs, list: styles.list, panel: styles.body }}>
        <Tabs.List>
          <Tabs.Tab value="brief">{words.brief.tab}</Tabs.Tab>
          <Tabs.Tab value="visitor">{words.side.tab}</Tabs.Tab>
          {lead && <Tabs.Tab value="audit">{words.side.audit}</Tabs.Tab>}
        </Tabs.List>
        <Tabs.Panel value="brief">
          <BriefTab id={id} {...rest} />
        </Tabs.Panel>
        <Tabs.Panel value="visitor">
          <VisitorTab id={id} />
        </Tabs.Panel>
        {lead && (
          <Tabs.Panel value="audit">
            <AuditTab id={id} />
          </Tabs.Panel>
        )}
      </Tabs>
      <ActionIcon className={styles.close} variant="subtle" color="gray" size={34} aria-label={words.close} onClick={onClose}>
        <Icon name="close" />
      </ActionIcon>
    </aside>
  );
}
