import { Kbd, Modal } from "@mantine/core";
import { words } from "../words/words";
import styles from "./shortcut-list.module.css";

const { keys } = words;
const GROUPS: [string, [string[], string][]][] = [
  [
    keys.go,
    [
      [["j"], keys.next],
      [["k"], keys.previous],
      [["u"], keys.toList],
      [["/"], keys.search],
      [["1", "–", "5"], keys.views],
      [["b"], keys.brief],
      [["v"], keys.visitor],
      [["h"], keys.history],
      [["?"], keys.this],
    ],
  ],
  [
    keys.work,
    [
      [["x"], keys.take],
      [["c"], keys.claim],
      [["t"], keys.transfer],
      [["l"], keys.release],
      [["z"], keys.snooze],
      [["e"], keys.resolve],
    ],
  ],
  [
    keys.write,
    [
      [["r"], keys.reply],
      [["n"], keys.note],
      [["s"], keys.suggestion],
      [["Ctrl", "Enter"], keys.send],
      [["Esc"], keys.leave],
    ],
  ],
];

export function ShortcutList({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  return (
    <Modal opened={opened} onClose={onClose} title={words.dialogs.shortcuts} size="lg" closeButtonProps={{ "aria-label": words.close }}>
      <div className={styles.groups}>
        {GROUPS.map(([name, rows]) => (
          <section key={name}>
            <h3 className={styles.group}>{name}</h3>
            <dl className={styles.list}>
              {rows.map(([combination, what]) => (
                <div key={what}>
                  <dt>{combination.map((key) => (key === "–" ? <span key={key}>–</span> : <Kbd key={key}>{key}</Kbd>))}</dt>
                  <dd>{what}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Modal>
  );
}
