import type { PageContext } from "../shared/api/conversation";
import { pickLocale } from "../shared/i18n/locale";
import type { Frame, Panel } from "./frame";
import { Identity, type TokenSource } from "./identity";
import { Launcher } from "./launcher/launcher";
import { Listeners } from "./listeners";
import { Storage } from "./state/storage";
import type { Words } from "./words/words";

/** Hashed names: of the app, and of each language's words. */
declare const __WIDGET_FILES__: Record<string, string>;

/** What a page may do with the widget. */
interface Baton {
  open: () => void;
  close: () => void;
  /** Resolves to whether the server believed it. */
  identify: (token: TokenSource) => Promise<boolean>;
  logout: () => void;
  /** Gives the way to stop listening. */
  on: (name: string, listener: (detail: object) => void) => () => void;
}

declare global {
  interface Window {
    baton?: Baton;
  }
}

type App = { mount: (frame: Frame, words: Words) => Panel };

const REOPEN = "baton.open";
let loads = 0;
const script = document.currentScript;
if (script instanceof HTMLScriptElement && script.dataset["baton"] !== undefined && window.baton === undefined) start(script);

function start(script: HTMLScriptElement): void {
  const { locale, articleId, orderId, server, theme, dir } = script.dataset;
  const audience = script.dataset["audience"] === "seller" ? "seller" : "buyer";
  const host = document.createElement("baton-widget");
  const root = host.attachShadow({ mode: "closed" });
  const speaking = pickLocale(locale, document.documentElement.lang, navigator.language);
  const base = new URL(server ?? script.src, location.href).origin;
  host.lang = speaking;
  host.dir = dir ?? "ltr";

  const context: PageContext = { page: location.pathname.slice(0, 500) };
  if (articleId !== undefined && articleId !== "") context.article_id = articleId;
  if (orderId !== undefined && orderId !== "") context.order_id = orderId;

  let opener: HTMLElement | null = null;
  let panel: Promise<Panel> | null = null;
  const storage = new Storage(audience);
  const listeners = new Listeners();
  const emit = (name: string, detail: object) => listeners.tell(name, detail);
  const renew = () => void panel?.then((app) => app.renew());
  const identity = new Identity({ base, storage, emit, onChange: renew });
  const launcher = new Launcher(root, speaking, theme ?? "", () => void load().catch(() => undefined), () => void open(launcher.element));
  const frame: Frame = {
    root,
    storage,
    base,
    audience,
    locale: speaking,
    theme: theme ?? "",
    context,
    identify: () => identity.settled(),
    earlier: () => import(/* @vite-ignore */ fileUrl(script, "earlier")),
    emit,
    onOpened: () => {
      launcher.hide(true);
      remember(true);
      emit("open", {});
    },
    onClosed: () => {
      launcher.hide(false);
      remember(false);
      (opener?.isConnected === true ? opener : launcher.element).focus();
      emit("close", {});
    },
    onUnread: (count) => launcher.unread(count),
  };

  function load(): Promise<Panel> {
    panel ??= Promise.all([
      import(/* @vite-ignore */ fileUrl(script, "app")) as Promise<App>,
      import(/* @vite-ignore */ fileUrl(script, speaking)) as Promise<{ words: Words }>,
      identity.settled(),
    ]).then(([app, { words }]) => app.mount(frame, words));
    // A failed download must not be the last: the next click tries again.
    panel.catch(() => {
      panel = null;
      loads += 1;
    });
    return panel;
  }

  async function open(by: HTMLElement | null, takeFocus = true): Promise<void> {
    opener = by;
    launcher.busy(true);
    try {
      const app = await load();
      launcher.busy(false);
      app.open(takeFocus);
    } catch {
      launcher.failed();
    }
  }

  const close = () => void panel?.then((app) => app.close());
  window.baton = {
    open: () => void open(null),
    close,
    identify: (token) => identity.identify(token),
    logout: () => {
      close();
      remember(false);
      identity.forget();
      emit("logout", {});
    },
    on: (name, listener) => listeners.add(name, listener),
  };

  const appear = () => {
    document.body.append(host);
    document.addEventListener("click", (event) => {
      const button = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-baton-open]") : null;
      if (button === null) return;
      event.preventDefault();
      void open(button);
    });
    if (recalls() && matchMedia("(min-width: 600px)").matches) void open(null, false);
  };
  // A script in the head runs before there is a body.
  if (document.body === null) addEventListener("DOMContentLoaded", appear);
  else appear();
}

/** `widget.js` is served at the root and beside its parts, under `static/`. */
function fileUrl(script: HTMLScriptElement, name: string): string {
  const folder = new URL(".", script.src);
  // A browser remembers a module that failed to load; another address makes it try again.
  const retry = loads > 0 ? `?retry=${loads}` : "";
  return new URL(`${folder.pathname.endsWith("/static/") ? "" : "static/"}${__WIDGET_FILES__[name]}${retry}`, folder).href;
}

/** An open chat stays open from page to page, in this tab. */
function remember(open: boolean): void {
  try {
    if (open) sessionStorage.setItem(REOPEN, "1");
    else sessionStorage.removeItem(REOPEN);
  } catch {
    // Private mode: the chat just starts closed.
  }
}

function recalls(): boolean {
  try {
    return sessionStorage.getItem(REOPEN) === "1";
  } catch {
    return false;
  }
}
