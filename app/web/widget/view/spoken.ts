import type { OpeningHours } from "../../shared/api/conversation";
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

/** A wait as people say it, never shorter than it is: whole minutes, then steps of five, then hours. */
export function asDuration(seconds: number, locale: Locale): string {
  const minutes = Math.max(1, Math.ceil(seconds / 60));
  const [count, unit] =
    minutes <= 10 ? [minutes, "minute"] : minutes < 60 ? [Math.ceil(minutes / 5) * 5, "minute"] : [Math.ceil(minutes / 60), "hour"];
  return new Intl.NumberFormat(locale, { style: "unit", unit, unitDisplay: "long" }).format(count);
}

const WEEK = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
/** A Monday at midnight. */
const MONDAY = Date.UTC(2024, 0, 1);

/** Opening hours as a sign on a door has them: days that follow each other as a range. */
export function asHours({ days, hours }: OpeningHours, locale: Locale): string {
  const weekday = new Intl.DateTimeFormat(locale, { weekday: "short", timeZone: "UTC" });
  const clock = new Intl.DateTimeFormat(locale, { hour: "numeric", minute: "2-digit", timeZone: "UTC" });
  const named = (day: string) => weekday.format(MONDAY + WEEK.indexOf(day) * DAY);
  const time = (text: string) => {
    const [hour = 0, minute = 0] = text.split(":").map(Number);
    return clock.format(MONDAY + (hour * 60 + minute) * 60_000);
  };
  const inARow = days.length > 2 && WEEK.indexOf(days.at(-1) ?? "") - WEEK.indexOf(days[0] ?? "") === days.length - 1;
  const shown = inARow ? `${named(days[0] ?? "")}–${named(days.at(-1) ?? "")}` : days.map(named).join(", ");
  return `${shown} ${hours.map((range) => range.split("-").map(time).join("–")).join(", ")}`;
}
