/** The documentation's worked example, over the practice organisation: the directory first, then ExchB, and on failure ExchA. */
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import type { JournalEntry } from "../../../shared/model/mail-object.ts";
import type { Result } from "../../../shared/fault.ts";
import { fault, take } from "../../unit/main/store/support.ts";
import { EXA, EXB, group, options, practiceSite, type PracticeSite } from "./practice-site.ts";

let site: PracticeSite;
beforeAll(async () => {
  site = await practiceSite();
});
afterAll(() => site.stop());
beforeEach(async () => {
  for (const server of ["exb", "exa"]) await site.set(server, "up");
});

const told = ({ steps }: JournalEntry) => steps.map(({ kind, server, outcome }) => `${kind} ${server ?? "-"} ${outcome.state}`);
const apply = async (name: string) => take(await site.app.services.mailObjects.apply(site.storeId, group(name), null, options()));

it("plans before anything is written: where, in which order, what an administrator would type", async () => {
  const plan = take(await site.app.services.mailObjects.plan(site.storeId, group("Planned"), true, new AbortController().signal));
  expect(plan).toMatchObject({
    issues: [],
    dn: "CN=Planned,OU=Groups,DC=contoso,DC=lab",
    address: "planned@contoso.lab",
    order: [EXB, EXA],
    steps: [{ kind: "create", where: "directory" }, { kind: "enable", where: "servers" }],
  });
  expect(plan.commands).toContain("New-ADGroup -Name 'Planned'");
  expect(plan.commands).toContain("Enable-DistributionGroup");
});

it("EXB is up: EXB does it, at the controller that made the group", async () => {
  const entry = await apply("Sales");
  expect(entry).toMatchObject({ state: "done", address: "sales@contoso.lab", fault: null });
  expect(told(entry)).toEqual([`create ${entry.object?.controller ?? ""} succeeded`, `enable ${EXB} succeeded`]);
  const found = take(await site.app.services.mailObjects.find(site.storeId, "Sales", options()));
  expect(found.objects).toMatchObject([{ name: "Sales", alias: "sales", address: "sales@contoso.lab", mailEnabled: true }]);
});

it("EXB is down: EXA does it, and the trace says why", async () => {
  await site.set("exb", "down");
  const entry = await apply("Marketing");
  expect(entry).toMatchObject({ state: "done" });
  expect(told(entry).slice(1)).toEqual([`enable ${EXB} not-reached`, `enable ${EXA} succeeded`]);
  expect(entry.steps[1]?.outcome).toMatchObject({ fault: { kind: "unreachable" } });
});

it("both are down: the group is in the directory, the journal offers to finish, and after EXA is up it does", async () => {
  await site.set("exb", "down");
  await site.set("exa", "down");
  const half = await apply("Finance");
  expect(half).toMatchObject({ state: "half-done", object: { identity: "CN=Finance,OU=Groups,DC=contoso,DC=lab" } });
  await site.set("exa", "up");
  const resumed = take(await site.app.services.mailObjects.resume(half.run, half.id, null, options()));
  expect(resumed.counts).toEqual({ done: 1 });
  expect(told(take({ ok: true, value: resumed.entries[0] ?? half })).slice(3)).toEqual([`enable ${EXB} not-reached`, `enable ${EXA} succeeded`]);
});

it("half done is taken back on request, and what is done is not", async () => {
  await site.set("exb", "down");
  await site.set("exa", "down");
  const half = await apply("Legal");
  expect(take(await site.app.services.mailObjects.undo(half.id, options()))).toMatchObject({ state: "undone", object: null });
  expect(take(await site.app.services.mailObjects.find(site.storeId, "Legal", options())).objects).toEqual([]);
  for (const server of ["exb", "exa"]) await site.set(server, "up");
  expect(fault(await site.app.services.mailObjects.undo((await apply("Legal")).id, options()))).toEqual({ kind: "unsupported", why: "nothing-to-undo" });
});

it("lets one page at a run at a time, and goes by how an object stands once nobody else is at it", async () => {
  const { mailObjects } = site.app.services;
  for (const server of ["exb", "exa"]) await site.set(server, "down");
  const half = await apply("Logistics");
  for (const server of ["exb", "exa"]) await site.set(server, "up");
  const answers = await Promise.all([mailObjects.resume(half.run, half.id, null, options()), mailObjects.undo(half.id, options()), mailObjects.resume(half.run, null, null, options())]);
  const refused = answers.filter((answer) => !answer.ok).map(fault);
  expect(refused).toEqual([{ kind: "unsupported", why: "run-under-way" }, { kind: "unsupported", why: "run-under-way" }]);
  expect(fault(await mailObjects.undo(half.id, options()))).toEqual({ kind: "unsupported", why: "nothing-to-undo" });
  expect(take(await mailObjects.find(site.storeId, "Logistics", options())).objects).toMatchObject([{ mailEnabled: true }]);
});

it("refuses before anything is written what the directory has already", async () => {
  await apply("Twice");
  const before = await site.app.services.mailObjects.journal({ storeId: null, run: null, states: [], search: "", before: null, most: 200 });
  expect(fault(await site.app.services.mailObjects.apply(site.storeId, group("Twice"), null, options()))).toMatchObject({ kind: "invalid" });
  expect(await site.app.services.mailObjects.journal({ storeId: null, run: null, states: [], search: "", before: null, most: 200 })).toEqual(before);
});

it("says in the plan what the account may not do, as far as a check has told", async () => {
  const denied = async () => take(await site.app.services.mailObjects.plan(site.storeId, group("Denied"), false, new AbortController().signal)).denied;
  expect(await denied()).toEqual([]);
  await site.set("exb", "role-missing");
  take(site.app.services.servers.check(site.storeId, [EXB]));
  await expect.poll(denied).toMatchObject([{ server: EXB, fault: { kind: "forbidden", needs: ["recipient-management"] } }]);
});

it("asks nobody for a store that is prepared only, whatever was open, and goes on when that ends", async () => {
  const { mailObjects, stores } = site.app.services;
  for (const server of ["exb", "exa"]) await site.set(server, "down");
  const half = await apply("Held");
  take(await mailObjects.find(site.storeId, "Held", options()));
  take(await stores.setPrepareOnly(site.storeId, true));
  const signal = new AbortController().signal;
  const tried: Result<unknown>[] = [
    await mailObjects.plan(site.storeId, group("Other"), true, signal),
    await mailObjects.find(site.storeId, "Held", options()),
    await mailObjects.containers(site.storeId, null),
    await mailObjects.apply(site.storeId, group("Other"), null, options()),
    await mailObjects.resume(half.run, half.id, null, options()),
    await mailObjects.undo(half.id, options()),
  ];
  expect(tried.map(fault)).toEqual(tried.map(() => ({ kind: "unsupported", why: "prepare-only" })));
  take(mailObjects.rehearse(site.storeId, group("Other"), {}));
  for (const server of ["exb", "exa"]) await site.set(server, "up");
  take(await stores.setPrepareOnly(site.storeId, false));
  expect(take(await mailObjects.resume(half.run, half.id, null, options())).counts).toEqual({ done: 1 });
});

it("puts nothing into the directory where no mail part could be made: no remoting on this machine, no server ticked", async () => {
  const journal = () => site.app.services.mailObjects.journal({ storeId: null, run: null, states: [], search: "", before: null, most: 200 });
  const before = await journal();
  const app = await site.again({ remoting: null });
  expect(fault(await app.services.mailObjects.apply(site.storeId, group("Nowhere"), null, options()))).toEqual({ kind: "unsupported", why: "remoting-missing" });
  expect(take(await app.services.mailObjects.find(site.storeId, "Nowhere", options())).objects).toEqual([]);
  expect((await app.services.mailObjects.journal({ storeId: null, run: null, states: [], search: "", before: null, most: 200 })).entries).toHaveLength(before.entries.length);
});
