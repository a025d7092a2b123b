import { Tooltip } from "@mantine/core";
import { useLooking } from "../inbox/presence";
import { ColleagueFace } from "../team/colleague-face";
import { Icon } from "../ui/icon";
import { words } from "../words/words";
import styles from "./header.module.css";

const NAMES = new Intl.ListFormat("en", { type: "conjunction" });

/** Colleagues who have the same conversation open. */
export function Lookers({ id }: { id: string }) {
  const looking = useLooking(id);
  const writer = looking.find((one) => one.writing);
  const text = looking.length === 0 ? "" : writer !== undefined ? words.talk.writing(writer.name) : words.talk.looking(NAMES.format(looking.map((one) => one.name)));
  return (
    <div className={styles.lookers} role="status" data-writing={writer !== undefined}>
      {looking.length > 0 && (
        <>
          {looking.slice(0, 3).map((one) => (
            <Tooltip key={one.id} label={one.name}>
              <span>
                <ColleagueFace who={one} />
              </span>
            </Tooltip>
          ))}
          <Icon name={writer === undefined ? "eye" : "pencil"} size={15} />
          <span className={styles.lookersText}>{text}</span>
        </>
      )}
    </div>
  );
}
