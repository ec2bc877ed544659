/** A job that came due while no console was there is made up for by the next one, through the servers. */
import { afterAll, beforeAll, expect, it } from "vitest";
import { systemClock, take } from "../../unit/main/store/support.ts";
import { options } from "../mail-objects/practice-site.ts";
import { column, jobSite, PEOPLE, saveJob, type JobSite } from "./job-site.ts";

const AWAY_MS = 3 * 60 * 60_000;

let site: JobSite;
beforeAll(async () => {
  site = await jobSite();
});
afterAll(() => site.remove());

it("makes what its source says, and says for which moment", async () => {
  const path = site.file("partners.csv", "Name,Alias,Target\nNora Weiss,nora.weiss,nora@partner.example\n");
  const job = await saveJob(site.app, site.storeId, {
    type: "mail-contact",
    missing: "create",
    key: "alias",
    source: { kind: "csv", path, delimiter: null, encoding: null, header: true },
    mapping: [column("name", "Name"), column("alias", "Alias"), column("externalAddress", "Target"), { target: "container", transform: { from: { kind: "static", text: PEOPLE }, steps: [] } }],
    schedule: { pattern: "0 * * * *", timeZone: "UTC", missed: "once" },
  });
  const later = { ...systemClock, now: () => systemClock.now() + AWAY_MS };
  const app = await site.again({ clock: later });
  app.services.attend();
  await expect.poll(async () => take(await app.services.jobRuns.page({ job, before: null, most: 10 })).runs.map(({ state }) => state), { timeout: 60_000 }).toEqual(["done"]);
  const [run] = take(await app.services.jobRuns.page({ job, before: null, most: 10 })).runs;
  expect(run).toMatchObject({ begunBy: "schedule", outcomes: { done: 1 }, fault: null });
  expect((run?.due ?? 0) % (60 * 60_000)).toBe(0);
  expect(take(await app.services.mailObjects.find(site.storeId, "Nora Weiss", options())).objects).toHaveLength(1);
  expect(take(await app.services.jobs.list()).find(({ id }) => id === job)).toMatchObject({ missed: null, lastRun: { id: run?.id } });
});
