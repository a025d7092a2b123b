import { useQuery } from "@tanstack/react-query";
import { staffQuery, useQueues } from "../inbox/queue";
import { words } from "../words/words";
import type { Names } from "./detail";

/** Queues and people by the names that they have now. */
export function useNames(): Names {
  const queues = useQueues();
  const { data: staff = [] } = useQuery(staffQuery);
  return {
    queue: (id) => queues.find((one) => one.id === id)?.name ?? id,
    person: (id) => (id === 0 ? words.audit.commandLine : (staff.find((one) => one.id === id)?.name ?? `#${id}`)),
  };
}
