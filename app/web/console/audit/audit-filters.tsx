import { Button, NativeSelect, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { staffQuery } from "../inbox/queue";
import { words } from "../words/words";
import styles from "./audit.module.css";
import { type AuditFilters, conversationIn } from "./filters";

interface Props {
  filters: AuditFilters;
  onChange: (changes: Record<string, unknown>) => void;
  onClear: () => void;
}

const { audit } = words;
const GROUPS = Object.entries(audit.groups).map(([name, label]) => {
  const isOther = name === "other";
  const known = Object.keys(audit.actions);
  const named = known.filter((action) => (isOther ? !((action.split(".")[0] ?? "") in audit.groups) : action.startsWith(`${name}.`)));
  const items = named.map((action) => ({ value: action, label: audit.actions[action] ?? action }));
  return { group: label, items: isOther ? items : [{ value: `${name}.`, label: audit.everything(label) }, ...items] };
});

/** Who, what, when and where. */
export function AuditFilterForm({ filters, onChange, onClear }: Props) {
  const { data: staff = [] } = useQuery(staffQuery);
  const backwards = filters.from !== undefined && filters.to !== undefined && filters.from > filters.to;
  return (
    <div className={styles.filters} role="group" aria-label={audit.filters}>
      <NativeSelect
        label={audit.person}
        value={String(filters.staff ?? "")}
        onChange={(event) => onChange({ staff: event.currentTarget.value })}
        data={[
          { value: "", label: audit.anybody },
          ...staff.map((one) => ({ value: String(one.id), label: one.name })),
          { value: "0", label: audit.commandLine },
        ]}
      />
      <NativeSelect
        label={audit.action}
        value={filters.action ?? ""}
        onChange={(event) => onChange({ action: event.currentTarget.value })}
        data={[{ value: "", label: audit.anything }, ...GROUPS]}
      />
      <TextInput type="date" label={audit.from} value={filters.from ?? ""} error={backwards ? audit.backwards : undefined} onChange={(event) => onChange({ from: event.currentTarget.value })} />
      <TextInput type="date" label={audit.to} value={filters.to ?? ""} onChange={(event) => onChange({ to: event.currentTarget.value })} />
      <ConversationBox value={filters.conversation ?? ""} onChange={(conversation) => onChange({ conversation })} />
      {Object.keys(filters).length > 0 && (
        <Button variant="default" className={styles.clear} onClick={onClear}>
          {audit.clear}
        </Button>
      )}
    </div>
  );
}

/** Takes a number, or the address of a conversation's page. */
function ConversationBox({ value, onChange }: { value: string; onChange: (conversation: string) => void }) {
  const [text, setText] = useState(value);
  useEffect(() => setText(value), [value]);
  return (
    <TextInput
      label={audit.conversation}
      placeholder={audit.conversationHint}
      className={styles.conversationBox}
      maxLength={500}
      value={text}
      onChange={(event) => {
        const typed = event.currentTarget.value;
        const found = conversationIn(typed);
        setText(found ?? typed);
        if (found !== null || typed === "") onChange(found ?? "");
      }}
    />
  );
}
