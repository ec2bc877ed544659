import { expect, test } from "vitest";
import { calendarOf } from "../../../../../renderer/features/expiry/calendar.ts";

const store = { storeId: "s", storeName: "HQ; main, office" };
const at = new Date(2023, 3, 11).getTime();

test("the calendar is an iCalendar file with an all-day event a date and its reminders", () => {
  const text = calendarOf([{ ...store, id: "s/support/exchange/2013", kind: "support", subject: "exchange/2013", at }], at);
  const lines = text.replaceAll("\r\n ", "").split("\r\n");
  expect(lines[0]).toBe("BEGIN:VCALENDAR");
  expect(lines).toContain("DTSTART;VALUE=DATE:20230411");
  expect(lines).toContain("SUMMARY:Support ends: Microsoft Exchange 2013");
  expect(lines).toContain("DESCRIPTION:Identity store: HQ\\; main\\, office");
  expect(lines.filter((line) => line.startsWith("TRIGGER:"))).toEqual(["TRIGGER:-P30D", "TRIGGER:-P14D", "TRIGGER:-P7D", "TRIGGER:-P1D"]);
  // RFC 5545, 3.1: lines of at most 75 octets.
  expect(text.split("\r\n").filter((line) => Buffer.byteLength(line) > 75)).toEqual([]);
});

test("each kind of date has its sentence", () => {
  const dates = [
    { kind: "certificate", subject: "application.pfx" },
    { kind: "secret", subject: "5f0c2a0e" },
    { kind: "server-certificate", subject: "exa.contoso.lab" },
  ] as const;
  const text = calendarOf(dates.map((date) => ({ ...store, ...date, id: date.subject, at })), at);
  expect(text.split("\r\n").filter((line) => line.startsWith("SUMMARY:"))).toEqual([
    "SUMMARY:Certificate expires: application.pfx",
    "SUMMARY:Client secret of 5f0c2a0e expires",
    "SUMMARY:Server certificate expires: exa.contoso.lab",
  ]);
});
