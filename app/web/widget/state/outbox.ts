import { parsed, type Storage } from "./storage";

/** Something the visitor did that the server has not confirmed yet. */
export interface Parcel {
  kind: "message" | "handoff" | "contact";
  clientId: string;
  text: string;
  at: number;
  /** The conversation it was written in; none yet when it is the first. */
  to?: string;
  /** Of a contact: how to reach the visitor. */
  reach?: string;
  /** The server has it; it stays here until the log shows it. */
  taken?: true;
  /** Why the server will never take it. Only the visitor can change that. */
  refused?: "too_long" | "refused";
}

const START = "outbox.";

/** The longest message the server takes, in characters as people count them: an emoji may be one. */
export const LONGEST = 4_000;

/** Code points, as the server counts. */
export function lengthOf(text: string): number {
  return text.length <= LONGEST ? text.length : [...text].length;
}

/** One stored key for each parcel: two tabs never overwrite each other's. */
export class Outbox {
  readonly #storage: Storage;

  constructor(storage: Storage) {
    this.#storage = storage;
  }

  add(written: Pick<Parcel, "kind" | "text" | "to" | "reach">): Parcel {
    const last = this.list().at(-1)?.at ?? 0;
    const parcel: Parcel = { ...written, clientId: newClientId(), at: Math.max(Date.now(), last + 1) };
    this.put(parcel);
    return parcel;
  }

  put(parcel: Parcel): void {
    this.#storage.set(START + parcel.clientId, JSON.stringify(parcel));
  }

  /** Only what is still here: the log may have shown it before the server's answer came. */
  change(clientId: string, what: Partial<Parcel>): void {
    const parcel = this.list().find((one) => one.clientId === clientId);
    if (parcel !== undefined) this.put({ ...parcel, ...what });
  }

  /** A person is on the way: wishes for one that the server has taken are fulfilled. */
  personComes(to: string): void {
    for (const one of this.list()) if (one.kind === "handoff" && one.taken && one.to === to) this.remove(one.clientId);
  }

  remove(clientId: string): void {
    this.#storage.set(START + clientId, null);
  }

  /**
   * What was written here and is not said yet; what is for another conversation waits unseen. Tabs hear of each
   * other's storage late, so one may put back what another took away: what is said goes whenever it is met.
   */
  waiting(here: string | undefined, isSaid: (clientId: string) => boolean): Parcel[] {
    const listed = this.list();
    const said = listed.filter(({ clientId }) => isSaid(clientId));
    for (const { clientId } of said) this.remove(clientId);
    return listed.filter((parcel) => !said.includes(parcel) && (parcel.to === undefined || parcel.to === here));
  }

  /** Oldest first: they are sent in the order they were written. */
  list(): Parcel[] {
    return this.#storage
      .keys(START)
      .map((key) => asParcel(parsed(this.#storage.get(key))))
      .filter((parcel) => parcel !== null)
      .sort((a, b) => a.at - b.at);
  }
}

function asParcel(value: Record<string, unknown> | null): Parcel | null {
  if (value === null) return null;
  const { kind, clientId, text, at, to, reach, taken, refused } = value;
  if ((kind !== "message" && kind !== "handoff" && kind !== "contact") || typeof clientId !== "string") return null;
  if (typeof text !== "string" || typeof at !== "number") return null;
  const parcel: Parcel = { kind, clientId, text, at };
  if (typeof to === "string") parcel.to = to;
  if (typeof reach === "string") parcel.reach = reach;
  if (taken === true) parcel.taken = taken;
  if (refused === "too_long" || refused === "refused") parcel.refused = refused;
  return parcel;
}

/** `crypto.randomUUID` exists on secure pages only; this works on all. */
function newClientId(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
