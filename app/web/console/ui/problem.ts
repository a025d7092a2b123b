import { Problem } from "../api/problem";
import { words } from "../words/words";

/** What went wrong, fit to show. */
export function inWords(error: unknown): string {
  if (!(error instanceof Problem)) return words.problem.unknown;
  if (error.status === 409 && error.claimedBy !== null) return words.problem.claimedBy(error.claimedBy);
  if (error.status === 0) return words.problem.offline;
  if (error.status === 429) return words.problem.slowly;
  if (error.status >= 500) return words.problem.server;
  return error.detail === "" ? words.problem.unknown : sentence(error.detail);
}

function sentence(text: string): string {
  const capital = text.charAt(0).toUpperCase() + text.slice(1);
  return /[.!?]$/.test(capital) ? capital : `${capital}.`;
}
