import { expect, test } from "vitest";
import { asDuration, asHours, spoken } from "../widget/view/spoken";
import { words as en } from "../widget/words/en";
import { words as es } from "../widget/words/es";
import { words as ptBR } from "../widget/words/pt-BR";

const now = new Date(2026, 10, 23, 23, 30);
const words = { en, es, "pt-BR": ptBR };

function said(when: Date, locale: keyof typeof words): string | undefined {
  const moment = spoken(when, now, locale);
  // Some versions of the locale data put a narrow space before AM.
  return moment === null ? undefined : words[locale].closedUntil(words[locale].moment(moment)).replaceAll("\u202f", " ");
}

test("near days have names", () => {
  expect(said(new Date(2026, 10, 23, 23, 45), "en")).toContain("back today at 11:45 PM.");
  expect(said(new Date(2026, 10, 24, 8, 0), "en")).toContain("back tomorrow at 8:00 AM.");
  expect(said(new Date(2026, 10, 24, 8, 0), "es")).toContain("vuelve mañana a las 8:00.");
  expect(said(new Date(2026, 10, 24, 8, 0), "pt-BR")).toMatch(/volta amanhã às 0?8:00\./);
});

test("other days are said in full", () => {
  expect(said(new Date(2026, 10, 26, 8, 0), "en")).toContain("back on Thursday, November 26 at 8:00 AM.");
  expect(said(new Date(2026, 10, 26, 8, 0), "es")).toMatch(/vuelve el jueves,? 26 de noviembre, a las 8:00\./);
  expect(said(new Date(2026, 10, 26, 8, 0), "pt-BR")).toMatch(/volta às 0?8:00 \(quinta-feira, 26 de novembro\)\./);
});

test("what is no date is not said", () => {
  expect(spoken(new Date("soon"), now, "en")).toBeNull();
});

test("a wait is never said to be shorter than it is", () => {
  expect(asDuration(1, "en")).toBe("1 minute");
  expect(asDuration(61, "en")).toBe("2 minutes");
  expect(asDuration(11 * 60, "en")).toBe("15 minutes");
  expect(asDuration(56 * 60, "es")).toBe("60 minutos");
  expect(asDuration(61 * 60, "pt-BR")).toBe("2 horas");
});

test("opening hours read like the sign on a door", () => {
  const plain = (text: string) => text.replaceAll("\u202f", " ");
  const daily = { days: ["mon", "tue", "wed", "thu", "fri", "sat", "sun"], hours: ["08:00-22:00"] };
  expect(plain(asHours(daily, "en"))).toBe("Mon–Sun 8:00 AM–10:00 PM");
  expect(asHours({ days: ["mon", "wed"], hours: ["09:00-12:00", "13:30-17:00"] }, "es")).toBe("lun, mié 9:00–12:00, 13:30–17:00");
  expect(plain(asHours({ days: ["sat"], hours: ["10:00-24:00"] }, "en"))).toBe("Sat 10:00 AM–12:00 AM");
});
