import { parsed, type Storage } from "./storage";

/** Something the visitor did that the server has not confirmed yet. */
export interface Parcel {
  kind: "message" | "handoff";
  clientId: string;
  text: string;
  at: number;
  /** Why the server will never take it. Only the visitor can change that. */
  refused?: "too_long" | "refused";
}

const START = "outbox.";

/** The longest message the server takes. */
export const LONGEST = 4_000;

/** One stored key for each parcel: two tabs never overwrite each other's. */
export class Outbox {
  readonly #storage: Storage;

  constructor(storage: Storage) {
    this.#storage = storage;
  }

  add(kind: Parcel["kind"], text: string): Parcel {
    const last = this.list().at(-1)?.at ?? 0;
    const parcel: Parcel = { kind, clientId: newClientId(), text, at: Math.max(Date.now(), last + 1) };
    this.put(parcel);
    return parcel;
  }

  put(parcel: Parcel): void {
    this.#storage.set(START + parcel.clientId, JSON.stringify(parcel));
  }

  remove(clientId: string): void {
    this.#storage.set(START + clientId, null);
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
  const { kind, clientId, text, at, refused } = value;
  if ((kind !== "message" && kind !== "handoff") || typeof clientId !== "string") return null;
  if (typeof text !== "string" || typeof at !== "number") return null;
  const parcel: Parcel = { kind, clientId, text, at };
  if (refused === "too_long" || refused === "refused") parcel.refused = refused;
  return parcel;
}

/** `crypto.randomUUID` exists on secure pages only; this works on all. */
function newClientId(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
