/** What another console or the command line does with jobs is heard of by whoever follows them. */
import { afterAll, beforeAll, expect, it } from "vitest";
import type { App } from "../../../main/app.ts";
import { startApp } from "../../lab/start-app.ts";
import { take } from "../../unit/main/store/support.ts";
import { column, jobSite, PEOPLE, runJob, saveJob, type JobSite } from "./job-site.ts";

let site: JobSite;
let other: App;
beforeAll(async () => {
  site = await jobSite();
  other = take(await startApp({ ...site.ports, host: "command-line" }));
});
afterAll(async () => {
  await other.dispose();
  await site.remove();
});

/** Each value that the feed has told of, the first state among them. */
function following(app: App) {
  const stop = new AbortController();
  const told: string[] = [];
  const ended = (async () => {
    for await (const event of app.services.jobs.news.read(stop.signal)) told.push(...(event.type === "snapshot" ? event.entries : event.set).map(({ value }) => value));
  })();
  return {
    told,
    stop: async () => {
      stop.abort();
      await ended;
    },
  };
}

it("a job that is saved and run elsewhere", async () => {
  const here = following(site.app);
  await expect.poll(() => here.told.length).toBe(1);
  const path = site.file("partners.csv", "Name,Alias,Target\nNora Weiss,nora.weiss,nora@partner.example\n");
  const job = await saveJob(other, site.storeId, {
    type: "mail-contact",
    missing: "create",
    key: "alias",
    source: { kind: "csv", path, delimiter: null, encoding: null, header: true },
    mapping: [column("name", "Name"), column("alias", "Alias"), column("externalAddress", "Target"), { target: "container", transform: { from: { kind: "static", text: PEOPLE }, steps: [] } }],
  });
  await expect.poll(() => here.told.length).toBe(2);
  expect(take(await site.app.services.jobs.list()).find(({ id }) => id === job)?.lastRun).toBeNull();
  const run = await runJob(other, site.storeId, job);
  expect(run.state).toBe("done");
  await expect.poll(() => here.told.length).toBeGreaterThan(2);
  await expect.poll(async () => take(await site.app.services.jobs.list()).find(({ id }) => id === job)?.lastRun).toMatchObject({ id: run.id, state: "done" });
  // Everything that the run did has been told of before the job goes.
  await expect.poll(() => here.told.at(-1) === other.services.jobs.news.get("newest")).toBe(true);
  const before = here.told.length;
  take(await other.services.jobs.remove(site.storeId, job));
  await expect.poll(() => here.told.length).toBeGreaterThan(before);
  expect(new Set(here.told).size).toBe(here.told.length);
  await here.stop();
});
