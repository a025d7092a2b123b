import { createContext } from "react";

/** Whether the desk's stream is up. */
export const LinkContext = createContext(false);
