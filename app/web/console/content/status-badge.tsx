import { Badge } from "@mantine/core";
import { content } from "../words/en-content";
import type { ArticleStatus } from "./types";

const COLOURS: Record<ArticleStatus, string> = {
  live: "baton",
  draft: "gray",
  changed: "yellow",
  in_review: "yellow",
  approved: "baton",
  scheduled: "gray",
  removed: "gray",
};

export function StatusBadge({ status }: { status: ArticleStatus }) {
  return (
    <Badge variant="light" tt="none" color={COLOURS[status]} autoContrast>
      {content.status[status]}
    </Badge>
  );
}
