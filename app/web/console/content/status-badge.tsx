import { Badge } from "@mantine/core";
import { content } from "../words/en-content";
import type { ArticleStatus } from "./types";

const COLOURS: Record<ArticleStatus, string> = {
  live: "teal",
  draft: "gray",
  changed: "blue",
  in_review: "violet",
  approved: "teal",
  scheduled: "indigo",
  removed: "gray",
};

export function StatusBadge({ status }: { status: ArticleStatus }) {
  return (
    <Badge variant="light" tt="none" color={COLOURS[status]} autoContrast>
      {content.status[status]}
    </Badge>
  );
}
