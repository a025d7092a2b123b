import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { Locale } from "../../shared/i18n/locale";
import type { words as en } from "./en";

/** Everything the widget says. A word missing in a language does not compile. */
export type Words = typeof en;

/** The loader brings the words of one language. */
const Language = createContext<{ locale: Locale; words: Words }>({ locale: "en", words: {} as Words });
export const LanguageProvider = Language.Provider;

export function useLocale(): Locale {
  return useContext(Language).locale;
}

export function useWords(): Words {
  return useContext(Language).words;
}
