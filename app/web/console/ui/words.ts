import type { ConversationState } from "../../shared/api/conversation";
import { Problem } from "../../shared/api/problem";

const REASONS: Record<string, string> = {
  low_confidence: "Assistant not sure enough",
  no_knowledge: "No article answers it",
  asked_for_person: "Asked for a person",
  sensitive_topic: "Sensitive topic",
  ungrounded: "Answer not backed by an article",
  provider_failure: "Assistant failed",
  over_budget: "Over budget",
  repeated_failure: "Several answers did not help",
  transferred: "Transferred",
};

export function reasonInWords(reason: string): string {
  return REASONS[reason] ?? reason.replaceAll("_", " ");
}

export const STATE_WORDS: Record<ConversationState, string> = {
  bot: "With the assistant",
  waiting: "Waiting",
  claimed: "Claimed",
  resolved: "Resolved",
};

/** What went wrong, fit to show. */
export function inWords(error: unknown): string {
  if (!(error instanceof Problem)) return "That did not work. Please try again.";
  if (error.status === 409 && error.claimedBy !== null) return `${error.claimedBy} has this conversation now.`;
  if (error.status === 409) return error.detail || "Somebody else has changed this conversation.";
  if (error.status === 0) return "The server cannot be reached. Nothing was sent.";
  return error.detail || "That did not work. Please try again.";
}

/** Nobody is ever wholly sure. */
export function percent(confidence: number): string {
  return `${Math.min(99, Math.round(confidence * 100))} %`;
}
