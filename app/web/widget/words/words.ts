import type { Locale } from "../../shared/i18n/locale";
import type { words as en } from "./en";

/** Everything the widget says. A word missing in a language does not compile. */
export type Words = typeof en;

/** There is one widget on a page, and the loader brings the words of one language. */
let spoken: { locale: Locale; words: Words };

export function speak(locale: Locale, words: Words): void {
  spoken = { locale, words };
}

export function useLocale(): Locale {
  return spoken.locale;
}

export function useWords(): Words {
  return spoken.words;
}
