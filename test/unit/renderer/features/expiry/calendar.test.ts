import ICAL from "ical.js";
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

/** The events of a file, read by Mozilla's parser. */
function eventsOf(text: string) {
  return new ICAL.Component(ICAL.parse(text)).getAllSubcomponents("vevent").map((component) => ({ component, event: new ICAL.Event(component) }));
}

const certificate = { ...store, id: "s/certificate/office365/certificate", kind: "certificate", subject: "application.pfx", at } as const;

test("an event takes no one's time, in the standard's words and in Outlook's", () => {
  const [read] = eventsOf(calendarOf([certificate], at));
  expect(read?.component.getFirstPropertyValue("transp")).toBe("TRANSPARENT");
  expect(read?.component.getFirstPropertyValue("x-microsoft-cdo-busystatus")).toBe("FREE");
  expect(read?.event.startDate.isDate).toBe(true);
  expect([read?.event.startDate.toString(), read?.event.duration.toSeconds()]).toEqual(["2023-04-11", 86_400]);
  expect(read?.component.getAllSubcomponents("valarm")).toHaveLength(4);
});

test("every line ends, the last one too, and none is longer than 75 octets", () => {
  const text = calendarOf([{ ...certificate, subject: `${"ä€😀".repeat(40)}.pfx` }], at);
  expect(text).toMatch(/[^\r\n]\r\nEND:VCALENDAR\r\n$/);
  expect(text.replaceAll("\r\n", "")).not.toMatch(/[\r\n]/);
  expect(text.split("\r\n").filter((line) => Buffer.byteLength(line) > 75)).toEqual([]);
  // A fold within a character would break it.
  expect(eventsOf(text)[0]?.event.summary).toBe(`Certificate expires: ${"ä€😀".repeat(40)}.pfx`);
});

test("a second file moves the events of the first one", () => {
  const [first] = eventsOf(calendarOf([certificate], at));
  const [second] = eventsOf(calendarOf([{ ...certificate, subject: "application-2024.pfx", at: at + 366 * 86_400_000 }], at + 1_000));
  expect(second?.event.uid).toBe(first?.event.uid);
  expect(second?.event.sequence).toBeGreaterThan(first?.event.sequence ?? 0);
  expect(second?.event.startDate.toString()).toBe("2024-04-11");
});
