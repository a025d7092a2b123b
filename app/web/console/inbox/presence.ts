import { useSyncExternalStore } from "react";
import type { Looking } from "../api/types";

/** Who has which conversation open, as the stream tells it. Silence for this long means gone. */
const FRESH = 35_000;

interface Seen extends Looking {
  until: number;
}

const open = new Map<string, Map<number, Seen>>();
const listeners = new Set<() => void>();
const NOBODY: Looking[] = [];
const lists = new Map<string, Looking[]>();

export interface LookingEvent {
  conversation_id: string;
  staff: { id: number; name: string };
  writing: boolean;
  gone: boolean;
}

export function takeLooking(event: LookingEvent, mine: number): void {
  if (event.staff.id === mine) return;
  const people = open.get(event.conversation_id) ?? new Map<number, Seen>();
  if (event.gone) people.delete(event.staff.id);
  else people.set(event.staff.id, { ...event.staff, writing: event.writing, until: Date.now() + FRESH });
  open.set(event.conversation_id, people);
  publish(event.conversation_id);
}

/** What the server said when it was asked. */
export function setLooking(id: string, looking: Looking[]): void {
  open.set(id, new Map(looking.map((one) => [one.id, { ...one, until: Date.now() + FRESH }])));
  publish(id);
}

function publish(id: string): void {
  const people = [...(open.get(id)?.values() ?? [])];
  if (people.length === 0) lists.delete(id);
  else lists.set(id, people);
  for (const listener of listeners) listener();
}

setInterval(() => {
  for (const [id, people] of open) {
    const before = people.size;
    for (const [staff, seen] of people) if (seen.until < Date.now()) people.delete(staff);
    if (people.size < before) publish(id);
    if (people.size === 0) open.delete(id);
  }
}, 5_000);

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function useLooking(id: string): Looking[] {
  return useSyncExternalStore(subscribe, () => lists.get(id) ?? NOBODY);
}
