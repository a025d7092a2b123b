import { clock } from "../ui/time";
import { words } from "../words/words";

const { dialogs } = words;
const told = words.side.detail;
const SAID: Record<string, string> = { yes: dialogs.yes, no: dialogs.no, na: dialogs.na };

/** What an entry of the audit log changed, in words; null when its name says all. */
export function auditDetail(action: string, detail: Record<string, unknown>, queueName: (id: string) => string): string | null {
  const text = (name: string) => (typeof detail[name] === "string" && detail[name] !== "" ? detail[name] : null);
  const reason = text("reason");
  switch (action) {
    case "conversation.transferred": {
      const to = text("to") ?? queueName(text("queue") ?? "");
      return reason === null ? told.to(to) : `${told.to(to)}: ${reason}`;
    }
    case "conversation.released":
      return reason;
    case "conversation.taken_over":
      return told.from(text("from") ?? "");
    case "conversation.snoozed":
      return words.inbox.snoozedUntil(clock(text("until") ?? ""));
    case "conversation.resolved": {
      const labels = [
        [dialogs.botRight, text("bot_right")],
        [dialogs.needed, text("needed_person")],
      ].flatMap(([question, label]) => (label == null ? [] : [`${question} ${SAID[label] ?? label}`]));
      return labels.length === 0 ? null : labels.join(" · ");
    }
    case "steps.changed":
      return told.step(Number(detail["step"]) + 1, text("article_id") ?? "", detail["done"] === true);
    default:
      return null;
  }
}
