import type { components } from "./schema";

type Schemas = components["schemas"];

export type Session = Schemas["SessionView"];
export type Me = Schemas["Me"];
export type Availability = Schemas["Availability"];
export type Colleague = Schemas["Colleague"];
export type Role = Colleague["role"];
export type OneTimeLink = Schemas["Link"];
export type QueueItem = Schemas["QueueItem"];
export type QueueInfo = Schemas["QueueInfo"];
export type Counts = Schemas["Counts"];
export type Brief = Schemas["Brief"];
export type Sop = Schemas["Sop"];
export type SavedReply = Schemas["SavedReply"];
export type Mention = Schemas["Mention"];
export type AuditEntry = Schemas["Entry"];
export type VisitorSide = Schemas["VisitorSide"];
export type Conversation = Schemas["Conversation"];
export type Citation = Schemas["Citation"];

/** Somebody who has a conversation open. */
export interface Looking {
  id: number;
  name: string;
  writing: boolean;
}
