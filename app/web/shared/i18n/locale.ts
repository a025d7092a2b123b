export const LOCALES = ["en", "es", "pt-BR"] as const;
export type Locale = (typeof LOCALES)[number];

/** The nearest language we speak; English when there is none. */
export function pickLocale(...wishes: (string | null | undefined)[]): Locale {
  for (const wish of wishes) {
    const base = wish?.toLowerCase().split("-")[0];
    const found = LOCALES.find((locale) => locale.toLowerCase() === wish?.toLowerCase() || locale.split("-")[0] === base);
    if (found !== undefined) return found;
  }
  return "en";
}
