import { Link } from "@tanstack/react-router";
import type { AuditEntry } from "../api/types";
import { ColleagueFace } from "../team/colleague-face";
import { Face } from "../ui/face";
import { Icon } from "../ui/icon";
import { clockOnly, whole } from "../ui/time";
import { words } from "../words/words";
import styles from "./audit.module.css";
import { auditDetail, type Names } from "./detail";

/** Who did what, when, and where it can be seen. */
export function AuditEntryRow({ entry, names }: { entry: AuditEntry; names: Names }) {
  const { staff, action, conversation_id: conversation } = entry;
  const detail = auditDetail(action, entry.detail, names);
  return (
    <li className={styles.entry}>
      <time className={styles.time} dateTime={entry.at} title={whole(entry.at)}>
        {clockOnly(entry.at)}
      </time>
      {staff.id === 0 ? <Face name={staff.name} /> : <ColleagueFace who={staff} />}
      <p className={styles.what}>
        <span title={staff.email}>
          <strong>{staff.name}</strong> {words.audit.actions[action] ?? action}
        </span>
        {detail !== null && <span className={styles.detail}>{detail}</span>}
      </p>
      {conversation !== null && (
        <Link className={styles.link} to="/inbox/$view/$id" params={{ view: "all", id: conversation }} search={{}}>
          {words.audit.open(conversation)}
          <Icon name="next" size={14} />
        </Link>
      )}
    </li>
  );
}
