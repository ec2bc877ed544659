/** What ends on a date, as a calendar file. */
import icalendar, { ICalAlarmType, ICalEventBusyStatus, ICalEventTransparency } from "ical-generator";
import type { Expiry } from "../../../shared/contract/expiry.ts";
import { DAY_MS, NOTICE_DAYS } from "../../../shared/rules/expiry.ts";
import { expirySubject } from "../../text/expiry.ts";
import { say } from "../../text/text.ts";

/** The local day of a moment, in the form the calendar library writes down: it reads the day in UTC. */
function calendarDay(at: number): Date {
  const moment = new Date(at);
  return new Date(Date.UTC(moment.getFullYear(), moment.getMonth(), moment.getDate()));
}

/**
 * An iCalendar object (RFC 5545): one all-day event a date, with reminders, during which nobody is busy. A later file
 * replaces the events of an earlier one, which have the same UIDs and a lower sequence. `now` in epoch milliseconds.
 */
export function calendarOf(entries: readonly Expiry[], now: number): string {
  const product = say("shell.product");
  const calendar = icalendar({ name: product, prodId: { company: product, product: say("expiry.title"), language: "EN" } });
  for (const { id, kind, subject, storeName, at } of entries) {
    const what = expirySubject(kind, subject);
    calendar.createEvent({
      id: `${id}@messaging-console`,
      start: calendarDay(at),
      allDay: true,
      stamp: new Date(now),
      sequence: Math.floor(now / 1000),
      // Outlook reads its own property, everybody else the standard's (RFC 5545, 3.8.2.7); without them the day counts as busy.
      transparency: ICalEventTransparency.TRANSPARENT,
      busystatus: ICalEventBusyStatus.FREE,
      summary: say(`expiry.event-${kind}`, { what }),
      description: say("expiry.event-store", { name: storeName }),
      alarms: NOTICE_DAYS.map((days) => ({ type: ICalAlarmType.display, trigger: (days * DAY_MS) / 1000, description: say("expiry.event-reminder", { what, days }) })),
    });
  }
  // The library leaves off the end of the last line, which the standard asks for (3.1) and some programs wait for.
  return `${calendar.toString().trimEnd()}\r\n`;
}
