import { clock } from "../ui/time";
import { words } from "../words/words";
import type { ConversationEvent } from "./event";

const { talk } = words;

/** One line for what happened around the messages; null for what needs none. */
export function inShort(event: ConversationEvent): string | null {
  switch (event.type) {
    case "handoff.opened":
      return talk.opened(event.data.queue.name, (words.reasons[event.data.reason] ?? event.data.reason).toLowerCase());
    case "handoff.claimed":
      return talk.claimedBy(event.data.agent.name);
    case "handoff.released":
      return talk.released;
    case "handoff.snoozed":
      return talk.snoozed(event.data.by.name, clock(event.data.until));
    case "handoff.woken":
      return talk.woken;
    case "conversation.resolved":
      return talk.resolvedBy(event.data.by.name);
    case "conversation.reopened":
      return talk.reopened;
    case "contact.left":
      return talk.reach(event.data.reach);
    case "feedback":
      return quoted(talk.feedback(event.data.helpful), event.data.comment);
    case "rating": {
      const solved = event.data.solved == null ? "" : `, ${talk.solved(event.data.solved)}`;
      return quoted(`${talk.rated(event.data.stars)}${solved}`, event.data.comment);
    }
    default:
      return null;
  }
}

function quoted(text: string, comment: string | null | undefined): string {
  return comment ? `${text}: “${comment}”` : text;
}
