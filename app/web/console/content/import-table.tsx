import { Badge, Button, Modal, Table, Text } from "@mantine/core";
import { useState } from "react";
import { content } from "../words/en-content";
import { words } from "../words/words";
import styles from "./content.module.css";
import editor from "./editor.module.css";
import type { ImportShown } from "./types";

const COLOURS: Record<string, string> = { add: "baton", update: "yellow", same: "gray", refused: "red" };

/** Every item that was found: what becomes of it and why. */
export function ImportTable({ job }: { job: ImportShown }) {
  const [shown, setShown] = useState<ImportShown["items"][number] | null>(null);
  const { counts } = job;
  return (
    <>
      <Text role="status" fw={600}>
        {(["add", "update", "same", "refused"] as const).map((name) => `${content.bring.actions[name]}: ${counts[name] ?? 0}`).join(" · ")}
      </Text>
      <div className={styles.scroll} tabIndex={0} role="region" aria-label={job.name}>
        <Table>
          <Table.Thead>
            <Table.Tr>
              {content.bring.columns.map((name, at) => (name === "" ? <Table.Td key={at} /> : <Table.Th key={at}>{name}</Table.Th>))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {job.items.map((item) => (
              <Table.Tr key={item.position}>
                <Table.Td>{item.name}</Table.Td>
                <Table.Td>{item.title}</Table.Td>
                <Table.Td>
                  <Badge variant="light" tt="none" color={COLOURS[item.action] ?? "gray"} autoContrast>
                    {content.bring.actions[item.action]}
                  </Badge>
                </Table.Td>
                <Table.Td>
                  {item.reason}{" "}
                  {item.text !== "" && (
                    <Button size="compact-xs" variant="default" aria-label={`${content.bring.show}: ${item.title}`} onClick={() => setShown(item)}>
                      {content.bring.show}
                    </Button>
                  )}
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </div>
      <Modal opened={shown !== null} onClose={() => setShown(null)} size="xl" title={shown?.title} closeButtonProps={{ "aria-label": words.close }}>
        <pre className={editor.diff} tabIndex={0}>
          {shown?.text}
        </pre>
      </Modal>
    </>
  );
}
