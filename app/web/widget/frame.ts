import type { Audience, PageContext } from "../shared/api/conversation";
import type { Locale } from "../shared/i18n/locale";

/** What the loader hands to the app when the visitor shows intent. */
export interface Frame {
  root: ShadowRoot;
  /** Where the server is. */
  base: string;
  audience: Audience;
  locale: Locale;
  context: PageContext;
  onOpened: () => void;
  onClosed: () => void;
  onUnread: (count: number) => void;
}

/** The way back. */
export interface Panel {
  open: (takeFocus: boolean) => void;
  close: () => void;
}
