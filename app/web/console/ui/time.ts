import { words } from "../words/words";

const MINUTE = 60_000;

/** How long ago, short: "now", "4 min", "3 h", "2 d". */
export function age(iso: string, now: number): string {
  return span(now - Date.parse(iso));
}

export function span(ms: number): string {
  const minutes = Math.max(0, Math.floor(ms / MINUTE));
  if (minutes < 1) return words.time.now;
  if (minutes < 60) return words.time.minutes(minutes);
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? words.time.hours(hours) : words.time.days(Math.floor(hours / 24));
}

const CLOCK = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit" });
const DAY = new Intl.DateTimeFormat(undefined, { weekday: "short", day: "numeric", month: "short" });
const LONG_DAY = new Intl.DateTimeFormat(undefined, { weekday: "long", day: "numeric", month: "long" });
const LONG_DAY_AND_YEAR = new Intl.DateTimeFormat(undefined, { dateStyle: "full" });
const WHOLE = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "medium" });

/** The time of day, with the day in front when it was not today. */
export function clock(iso: string): string {
  const at = new Date(iso);
  return at.toDateString() === new Date().toDateString() ? CLOCK.format(at) : `${DAY.format(at)}, ${CLOCK.format(at)}`;
}

/** The day alone, short. */
export function shortDay(iso: string): string {
  return DAY.format(new Date(iso));
}

/** The day alone, with its year when that is another one. */
export function dayOf(iso: string): string {
  const at = new Date(iso);
  return (at.getFullYear() === new Date().getFullYear() ? LONG_DAY : LONG_DAY_AND_YEAR).format(at);
}

export function clockOnly(iso: string): string {
  return CLOCK.format(new Date(iso));
}

export function whole(iso: string): string {
  return WHOLE.format(new Date(iso));
}
