import { Badge } from "@mantine/core";
import { contentWords as words } from "../words/en-content";

const COLORS: Record<string, string> = { live: "baton", removed: "gray", changed: "yellow", draft: "yellow", in_review: "yellow", approved: "baton", scheduled: "baton" };

export function StatusBadge({ status }: { status: string }) {
  return (
    <Badge variant={status === "live" || status === "removed" ? "light" : "outline"} color={COLORS[status] ?? "gray"} size="sm" tt="none" autoContrast>
      {words.statuses[status] ?? status}
    </Badge>
  );
}
