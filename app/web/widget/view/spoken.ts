import type { Locale } from "../../shared/i18n/locale";

/** A moment as people say it: the day, near ones by name, and the time on the visitor's clock. */
export interface Moment {
  day: string;
  time: string;
  /** "today" and "tomorrow" take no preposition. */
  near: boolean;
}

const DAY = 86_400_000;

/** Null for a moment that cannot be read. */
export function spoken(when: Date, now: Date, locale: Locale): Moment | null {
  if (Number.isNaN(when.getTime())) return null;
  const time = new Intl.DateTimeFormat(locale, { hour: "numeric", minute: "2-digit" }).format(when);
  const days = Math.round((midnight(when) - midnight(now)) / DAY);
  if (days === 0 || days === 1) {
    return { day: new Intl.RelativeTimeFormat(locale, { numeric: "auto" }).format(days, "day"), time, near: true };
  }
  const day = new Intl.DateTimeFormat(locale, { weekday: "long", day: "numeric", month: "long" }).format(when);
  return { day, time, near: false };
}

function midnight(date: Date): number {
  return Date.UTC(date.getFullYear(), date.getMonth(), date.getDate());
}
