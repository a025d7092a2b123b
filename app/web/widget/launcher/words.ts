import type { Locale } from "../../shared/i18n/locale";

/** The loader's few words: it must stay tiny, so it does not bring the whole table. */
export const LAUNCHER_WORDS: Record<Locale, { help: string; unread: string; failed: string }> = {
  en: { help: "Help", unread: "new messages", failed: "Try again" },
  es: { help: "Ayuda", unread: "mensajes nuevos", failed: "Reintentar" },
  "pt-BR": { help: "Ajuda", unread: "mensagens novas", failed: "Tentar de novo" },
};
