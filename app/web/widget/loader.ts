import type { Audience, PageContext } from "../shared/api/conversation";
import { pickLocale } from "../shared/i18n/locale";
import type { Frame, Panel } from "./frame";
import { Launcher } from "./launcher/launcher";

declare const __WIDGET_APP__: string;

declare global {
  interface Window {
    baton?: { open: () => void; close: () => void };
  }
}

const REOPEN = "baton.open";
let loads = 0;
const script = document.currentScript;
if (script instanceof HTMLScriptElement && script.dataset["baton"] !== undefined && window.baton === undefined) start(script);

function start(script: HTMLScriptElement): void {
  const { audience, locale, articleId, orderId, server } = script.dataset;
  const host = document.createElement("baton-widget");
  const root = host.attachShadow({ mode: "closed" });
  const speaking = pickLocale(locale, document.documentElement.lang, navigator.language);
  host.lang = speaking;

  const context: PageContext = { page: location.pathname };
  if (articleId !== undefined && articleId !== "") context.article_id = articleId;
  if (orderId !== undefined && orderId !== "") context.order_id = orderId;

  let opener: HTMLElement | null = null;
  const launcher = new Launcher(root, speaking, () => void load().catch(() => undefined), () => void open(launcher.element));
  const frame: Frame = {
    root,
    base: new URL(server ?? script.src, location.href).origin,
    audience: audience === "seller" ? ("seller" satisfies Audience) : "buyer",
    locale: speaking,
    context,
    onOpened: () => {
      launcher.hide(true);
      remember(true);
    },
    onClosed: () => {
      launcher.hide(false);
      remember(false);
      (opener?.isConnected === true ? opener : launcher.element).focus();
    },
    onUnread: (count) => launcher.unread(count),
  };

  let panel: Promise<Panel> | null = null;
  function load(): Promise<Panel> {
    panel ??= import(/* @vite-ignore */ appUrl(script)).then(
      (app: { mount: (frame: Frame) => Panel }) => app.mount(frame),
    );
    // A failed download must not be the last: the next click tries again.
    panel.catch(() => {
      panel = null;
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

  document.addEventListener("click", (event) => {
    const button = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-baton-open]") : null;
    if (button === null) return;
    event.preventDefault();
    void open(button);
  });
  window.baton = { open: () => void open(null), close: () => void panel?.then((app) => app.close()) };
  document.body.append(host);
  if (recalls() && matchMedia("(min-width: 600px)").matches) void open(null, false);
}

/** `widget.js` is served at the root and beside its parts, under `static/`. */
function appUrl(script: HTMLScriptElement): string {
  const folder = new URL(".", script.src);
  // A browser remembers a module that failed to load; another address makes it try again.
  loads += 1;
  const retry = loads > 1 ? `?retry=${loads}` : "";
  return new URL(`${folder.pathname.endsWith("/static/") ? "" : "static/"}${__WIDGET_APP__}${retry}`, folder).href;
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
