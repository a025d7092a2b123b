import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { Locale } from "../../shared/i18n/locale";
import { en } from "./en";
import { es } from "./es";
import { ptBR } from "./pt-BR";

/** Everything the widget says. A word missing in a language does not compile. */
export type Words = typeof en;

const WORDS: Record<Locale, Words> = { en, es, "pt-BR": ptBR };

const LocaleContext = createContext<Locale>("en");
export const LocaleProvider = LocaleContext.Provider;

export function useLocale(): Locale {
  return useContext(LocaleContext);
}

export function useWords(): Words {
  return WORDS[useLocale()];
}
