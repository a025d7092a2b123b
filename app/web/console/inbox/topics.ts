import { useQueryClient } from "@tanstack/react-query";
import type { QueueItem } from "../api/types";

/** The topics of all rows that this page has seen: there is no list of them to ask for, and others would find nothing. */
export function useTopics(): { value: string; label: string }[] {
  const client = useQueryClient();
  const names = new Map<string, string>();
  for (const [, data] of client.getQueriesData<{ pages: { items: QueueItem[] }[] }>({ queryKey: ["queue"] })) {
    for (const page of data?.pages ?? []) for (const item of page.items) names.set(item.topic, item.topic_name);
  }
  return [...names].map(([value, label]) => ({ value, label })).sort((a, b) => a.label.localeCompare(b.label));
}
