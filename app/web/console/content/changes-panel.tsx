import { content } from "../words/en-content";
import { DiffView } from "./diff-view";

export function ChangesPanel({ live, text }: { live: string | null; text: string }) {
  if (live === null) return <p>{content.changes.fresh}</p>;
  return live === text ? <p>{content.changes.none}</p> : <DiffView before={live} after={text} label={content.changes.label} />;
}
