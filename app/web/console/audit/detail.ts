import { clock } from "../ui/time";
import { words } from "../words/words";

const { dialogs } = words;
const { detail: told } = words.side;
const { detail: said } = words.audit;
const LABELS: Record<string, string> = { yes: dialogs.yes, no: dialogs.no, na: dialogs.na };

/** How the numbers of an entry are called. */
export interface Names {
  queue: (id: string) => string;
  person: (id: number) => string;
}

/** What an entry of the audit trail changed, in words; null when its name says all. */
export function auditDetail(action: string, detail: Record<string, unknown>, names: Names): string | null {
  const text = (name: string) => (typeof detail[name] === "string" && detail[name] !== "" ? detail[name] : null);
  const number = (name: string) => (typeof detail[name] === "number" ? detail[name] : null);
  const reason = text("reason");
  switch (action) {
    case "conversation.transferred": {
      const to = text("to") ?? names.queue(text("queue") ?? "");
      return reason === null ? told.to(to) : `${told.to(to)}: ${reason}`;
    }
    case "conversation.released":
      return reason;
    case "conversation.taken_over":
      return told.from(text("from") ?? "");
    case "conversation.snoozed":
      return words.inbox.snoozedUntil(clock(text("until") ?? ""));
    case "conversation.resolved":
      return listed([labelled(dialogs.botRight, text("bot_right")), labelled(dialogs.needed, text("needed_person"))]);
    case "steps.changed":
      return told.step(Number(detail["step"]) + 1, text("article_id") ?? "", detail["done"] === true);
    case "staff.signed_in":
    case "staff.sign_in_failed":
    case "staff.password_changed": {
      const address = text("address");
      return listed([said.by[text("by") ?? ""] ?? null, address === null ? null : said.from(address)], ", ");
    }
    case "staff.added":
      return said.account(text("email") ?? "", words.roles[text("role") ?? ""] ?? "");
    case "staff.changed":
      return said.of(names.person(number("staff_id") ?? 0), listed(changes(detail, text), ", ") ?? "–");
    case "staff.link_made":
    case "staff.picture_removed":
      return text("email");
    case "availability.changed":
      return listed(availability(detail, names), ", ");
    case "saved_reply.created":
    case "saved_reply.changed":
      return detail["shared"] === true ? said.shared : said.own;
    case "saved_reply.deleted":
      return text("title");
    case "gap.drafted":
      return text("article");
    case "import.accepted":
      return listed([text("name"), said.count(number("articles") ?? 0)]);
    case "knowledge.publish_asked": {
      const at = text("at");
      const articles = Array.isArray(detail["articles"]) ? detail["articles"].map(String) : [];
      return listed([said.articles(articles), at === null ? null : clock(at)]);
    }
    case "conflict.settled":
      return listed([article(detail, text), said.take[text("take") ?? ""] ?? null]);
  }
  if (action.startsWith("draft.")) return article(detail, text);
  if (action.startsWith("import.")) return text("name");
  if (action.startsWith("webhook.")) return text("url");
  if (action.startsWith("knowledge.")) {
    const publication = number("publication");
    const past = text("override_reason");
    return listed([publication === null ? null : said.publication(publication), text("note"), past === null ? null : said.against(past)]);
  }
  return null;
}

type Text = (name: string) => string | null;

function listed(parts: (string | null)[], between = " · "): string | null {
  const there = parts.filter((part) => part !== null && part !== "");
  return there.length === 0 ? null : there.join(between);
}

function labelled(question: string, label: string | null): string | null {
  return label === null ? null : `${question} ${LABELS[label] ?? label}`;
}

function article(detail: Record<string, unknown>, text: Text): string | null {
  const id = text("article_id");
  return id === null ? null : said.version(id, text("locale") ?? "", typeof detail["version"] === "number" ? detail["version"] : null);
}

function changes(detail: Record<string, unknown>, text: Text): (string | null)[] {
  const name = text("name");
  const role = text("role");
  const off = detail["disabled"];
  return [
    name === null ? null : said.named(name),
    role === null ? null : said.role(words.roles[role] ?? role),
    typeof off === "boolean" ? (off ? said.disabled : said.enabled) : null,
  ];
}

function availability(detail: Record<string, unknown>, names: Names): (string | null)[] {
  const { state, max_open: most, queues } = detail;
  return [
    state === "away" ? words.account.away : state === "online" ? words.account.online : null,
    typeof most === "number" ? said.atMost(most) : null,
    Array.isArray(queues) ? (queues.length === 0 ? words.account.allQueues : said.queues(queues.map((one) => names.queue(String(one))).join(", "))) : null,
  ];
}
