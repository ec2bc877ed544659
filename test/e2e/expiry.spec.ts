/** Everything that ends on a date, over all stores, in the days of a computer far from Greenwich: the page, the calendar file and the notices. */
import { AxeBuilder } from "@axe-core/playwright";
import { expect, test } from "@playwright/test";
import { readFile } from "node:fs/promises";
import { cloudFacts, dateIn, fillOffice365, listServerAndSave } from "./cloud-page.ts";
import { chooseProvider, configureExchange, createStore, openConsole } from "./console-page.ts";
import { startHost, temporaryFolder } from "./host-process.ts";
import { practiceOrganisation } from "./organisations.ts";

const ZONE = "America/Los_Angeles";

/** A component of an iCalendar object (RFC 5545): its properties by name with parameters, and what it contains. */
interface Component {
  readonly name: string;
  readonly properties: Map<string, string[]>;
  readonly parts: Component[];
}

/** Reads an iCalendar object; throws where it is not one. Lines folded (section 3.1), escapes undone (section 3.3.11). */
function parseCalendar(text: string): Component {
  const root: Component = { name: "", properties: new Map(), parts: [] };
  const open = [root];
  for (const line of text.trimEnd().replaceAll(/\r\n[ \t]/g, "").split("\r\n")) {
    const [, name = "", value = ""] = /^([^:]+):(.*)$/.exec(line) ?? [];
    if (name === "") throw new Error(`not a content line: ${line}`);
    const current = open.at(-1) ?? root;
    if (name === "BEGIN") {
      const component: Component = { name: value, properties: new Map(), parts: [] };
      current.parts.push(component);
      open.push(component);
    } else if (name === "END") {
      expect(open.pop()?.name).toBe(value);
    } else {
      const plain = value.replaceAll(/\\([\\;,])/g, "$1").replaceAll(/\\[nN]/g, "\n");
      current.properties.set(name, [...(current.properties.get(name) ?? []), plain]);
    }
  }
  expect(open).toHaveLength(1);
  const [calendar] = root.parts;
  if (calendar === undefined) throw new Error("no calendar");
  return calendar;
}

const valueOf = (component: Component, name: string) => component.properties.get(name)?.[0];

test.use({ timezoneId: ZONE });

test("certificate, secret and support ends stand in one list, in the calendar file and among the notices", async ({ page }) => {
  const data = temporaryFolder();
  const start = () => startHost("out/main/loopback.js", ["--no-open", "--practice", "--data", data.path], { TZ: ZONE });
  const subject = await practiceOrganisation();
  let host = await start();
  try {
    const facts = await cloudFacts(data.path);
    const application = facts.value("office365", "applicationId");
    const secretEnds = dateIn(20);
    await openConsole(page, host.address);
    await page.getByRole("link", { name: "Expiry" }).click();
    await expect(page.getByText("Nothing ends on a date")).toBeVisible();
    await page.getByRole("link", { name: "Identity stores" }).click();
    await configureExchange(page, "Contoso HQ", subject);
    await page.getByRole("link", { name: "Identity stores" }).click();
    await createStore(page, "Contoso cloud, HQ", subject);
    await chooseProvider(page, "Office 365");
    await page.getByRole("button", { name: "Next" }).click();
    await fillOffice365(page, facts, secretEnds);
    await page.getByRole("button", { name: "Next" }).click();
    await listServerAndSave(page, "outlook.office365.com");

    await page.getByRole("link", { name: "Identity stores" }).click();
    await page.getByRole("link", { name: "Expiry" }).click();
    const rows = page.getByRole("table", { name: "What ends, soonest first" }).getByRole("row");
    await expect(rows.filter({ hasText: "Vendor support" })).toContainText(/Expired.*Microsoft Exchange 2013.*Contoso HQ.*2023-04-11.*days ago/);
    await expect(rows.filter({ hasText: "Client secret" })).toContainText(new RegExp(`Within 30 days.*${application}.*Contoso cloud, HQ.*${secretEnds}`));
    const certificate = rows.filter({ hasText: "practice-application.pfx" });
    await expect(certificate).toContainText(/Later.*Contoso cloud, HQ/);
    const certificateEnds = (await certificate.getByRole("time").textContent()) ?? "";
    const { violations } = await new AxeBuilder({ page }).exclude("[data-tabster-dummy]").analyze();
    expect(violations.map(({ id }) => id)).toEqual([]);

    const downloaded = page.waitForEvent("download");
    await page.getByRole("button", { name: "Export .ics" }).click();
    const file = await downloaded;
    expect(file.suggestedFilename()).toBe("messaging-console-expiry.ics");
    const calendar = parseCalendar(await readFile(await file.path(), "utf8"));
    expect(calendar.name).toBe("VCALENDAR");
    expect(valueOf(calendar, "VERSION")).toBe("2.0");
    expect(valueOf(calendar, "PRODID")).toBeTruthy();
    const events = calendar.parts.filter(({ name }) => name === "VEVENT");
    expect(events).toHaveLength((await rows.count()) - 1);
    expect(new Set(events.map((event) => valueOf(event, "UID"))).size).toBe(events.length);
    for (const event of events) {
      expect(valueOf(event, "DTSTAMP")).toMatch(/^\d{8}T\d{6}Z$/);
      const reminders = event.parts.filter(({ name }) => name === "VALARM").map((alarm) => valueOf(alarm, "TRIGGER"));
      expect(reminders).toEqual(["-P30D", "-P14D", "-P7D", "-P1D"]);
    }
    // The days are those of the page, whatever they are in Greenwich.
    const dates = events.map((event) => `${valueOf(event, "SUMMARY")} ${valueOf(event, "DTSTART;VALUE=DATE")}`);
    const compact = (date: string) => date.replaceAll("-", "");
    expect(dates).toContain("Support ends: Microsoft Exchange 2013 20230411");
    expect(dates).toContain(`Client secret of ${application} expires ${compact(secretEnds)}`);
    expect(dates).toContain(`Certificate expires: practice-application.pfx ${compact(certificateEnds)}`);
    expect(events.map((event) => valueOf(event, "DESCRIPTION"))).toContain("Identity store: Contoso cloud, HQ");

    await host.kill();
    host = await start();
    await page.goto("about:blank");
    await openConsole(page, host.address);
    await page.getByRole("link", { name: "Activity" }).click();
    await expect(page.getByText(`Client secret of ${application} ends within 30 days`)).toBeVisible();
    await expect(page.getByText(/practice-application\.pfx ends within/)).toHaveCount(0);
  } finally {
    await host.kill();
    await subject.dispose();
    data.remove();
  }
});
