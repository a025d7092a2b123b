import type { Audience, PageContext } from "../shared/api/conversation";
import type { Locale } from "../shared/i18n/locale";
import type { Storage } from "./state/storage";

/** What the loader hands to the app when the visitor shows intent. */
export interface Frame {
  root: ShadowRoot;
  storage: Storage;
  /** Where the server is. */
  base: string;
  audience: Audience;
  locale: Locale;
  /** `light` or `dark` when the page says so; else the system decides. */
  theme: string;
  context: PageContext;
  /** Asks the page again who the visitor is; false when it does not know. */
  identify: () => Promise<boolean>;
  /** What few visitors ask for comes when they do. */
  earlier: () => Promise<typeof import("./later/earlier")>;
  emit: (name: string, detail: object) => void;
  onOpened: () => void;
  onClosed: () => void;
  onUnread: (count: number) => void;
}

/** The way back. */
export interface Panel {
  open: (takeFocus: boolean) => void;
  close: () => void;
  /** The visitor may be another one: begin again from what is stored. */
  renew: () => void;
}
