import { en } from "./en";

/** Another language is another file of this shape, chosen here. */
export type Words = typeof en;

export const words: Words = en;
