/** The subscriptions of a tenant over Graph, over the wire: seats in every state that they can be in, and every refusal as what it is. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { office365 } from "../../../main/providers/office365/index.ts";
import { explain } from "../../../renderer/text/fault.ts";
import { fail, type Result } from "../../../shared/fault.ts";
import type { LicenceChange } from "../../../shared/model/licence.ts";
import type { SubscriptionList } from "../../../shared/model/subscription.ts";
import { bringsMailbox, freeSeats, missingSeats } from "../../../shared/rules/subscription.ts";
import { take } from "../../unit/main/store/support.ts";
import { FORM, openClouds, type Clouds } from "./support.ts";

const configuration = { cloud: "worldwide", domain: FORM.domain, applicationId: FORM.applicationId } as const;

if (office365.subscriptions == null) throw new Error("Office 365 has no subscriptions");
const { subscriptions } = office365;

let clouds: Clouds;
beforeAll(async () => {
  clouds = await openClouds();
});
afterEach(() => clouds.reset());
afterAll(() => clouds.stop());

function list(secrets: Readonly<Record<string, string>> = { clientSecret: clouds.secret }, signal?: AbortSignal): Promise<Result<SubscriptionList>> {
  return subscriptions.list(configuration, clouds.context({ secrets, ...(signal === undefined ? {} : { signal }) }));
}

/** Owned, used, free, and how many are too few, by part number. */
async function seats(): Promise<Readonly<Record<string, string>>> {
  return Object.fromEntries(take(await list()).subscriptions.map((each) => [each.partNumber, `${each.state} ${each.seats.used} used, ${freeSeats(each)} free, ${missingSeats(each)} too few`]));
}

describe("subscriptions", () => {
  it("come with seats, plans and the host that told of them", async () => {
    const { subscriptions: bought, source, at } = take(await list());
    expect(source).toBe("graph.microsoft.com");
    expect(Math.abs(Date.now() - at)).toBeLessThan(60_000);
    expect(bought.map(({ partNumber }) => partNumber)).toEqual(["ENTERPRISEPACK", "EXCHANGESTANDARD", "EMS", "FLOW_FREE", "VISIOCLIENT", "CDS_DB_CAPACITY"]);
    expect(bought[0]).toMatchObject({ id: "6fd2c87f-b296-42f0-b197-1e91e994b900", state: "enabled", isForUsers: true, seats: { enabled: 25, warning: 0, suspended: 0, lockedOut: 0, used: 22 } });
    expect(bought[0]?.plans.at(-1)).toEqual({ id: "882e1d05-acd1-4ccb-8708-6ee03664b117", name: "INTUNE_O365", state: "pending-activation", isForUsers: false });
    expect(bought.filter(bringsMailbox).map(({ partNumber }) => partNumber)).toEqual(["ENTERPRISEPACK", "EXCHANGESTANDARD"]);
    expect(bought.filter(({ isForUsers }) => !isForUsers).map(({ partNumber }) => partNumber)).toEqual(["CDS_DB_CAPACITY"]);
  });

  it("have what is left told from what is suspended", async () => {
    expect(await seats()).toMatchObject({
      ENTERPRISEPACK: "enabled 22 used, 3 free, 0 too few",
      EXCHANGESTANDARD: "enabled 10 used, 0 free, 0 too few",
      VISIOCLIENT: "suspended 2 used, 0 free, 0 too few",
    });
  });

  it("lose their seats, are bought back, end, and are all gone", async () => {
    await clouds.set("graph", "seats-gone");
    expect(await seats()).toMatchObject({ ENTERPRISEPACK: "enabled 25 used, 0 free, 0 too few" });
    await clouds.set("graph", "seats-bought-back");
    expect(await seats()).toMatchObject({ ENTERPRISEPACK: "enabled 22 used, 0 free, 1 too few", CDS_DB_CAPACITY: "enabled 0 used, 1 free, 0 too few" });
    await clouds.set("graph", "subscriptions-ended");
    expect(await seats()).toMatchObject({ ENTERPRISEPACK: "warning 22 used, 3 free, 0 too few", VISIOCLIENT: "suspended 2 used, 0 free, 0 too few" });
    await clouds.set("graph", "none-bought");
    expect(take(await list()).subscriptions).toEqual([]);
  });

  it.each([
    ["graph", "forbidden", { kind: "forbidden", needs: ["Organization.Read.All"] }],
    ["graph", "forbidden-silently", { kind: "forbidden", needs: [] }],
    ["authority", "wrong-secret", { kind: "sign-in", reason: "secret-wrong" }],
    ["graph", "throttled", { kind: "throttled" }],
    ["graph", "proxy-page", { kind: "unreachable" }],
    ["graph", "down", { kind: "unreachable" }],
  ])("are no empty list where %s is set to %s", async (part, state, fault) => {
    await clouds.set(part, state);
    const listed = await list();
    expect(listed).toMatchObject({ ok: false, fault });
    expect(listed.ok ? "" : explain(listed.fault).sentence).not.toBe("");
    expect(clouds.lines.join("\n")).not.toContain(clouds.secret);
  });

  it("cannot be asked for without a credential, and are let go of", async () => {
    expect(await list({})).toMatchObject({ ok: false, fault: { kind: "sign-in" } });
    await clouds.set("graph", "slow");
    const leaving = new AbortController();
    const asked = list(undefined, leaving.signal);
    setTimeout(() => leaving.abort(), 200);
    expect(await asked).toMatchObject({ ok: false, fault: { kind: "cancelled" } });
  });
});

const E3 = "6fd2c87f-b296-42f0-b197-1e91e994b900";
const PLAN1 = "4b9405b0-7788-4568-add1-99614e613b69";
const EMS = "efccb6f7-5641-4e0e-bd10-b4976e1bf68e";
const [EVA, TOM] = ["eva.lind@contoso-practice.com", "tom.reed@contoso-practice.com"] as const;

describe("licences of a user", () => {
  const context = () => clouds.context({ secrets: { clientSecret: clouds.secret } });
  const holder = (user: string) => subscriptions.holder(configuration, user, context());
  const change = (user: string, wanted: Partial<LicenceChange>) => subscriptions.change(configuration, user, { give: [], take: [], usageLocation: null, ...wanted }, context());

  it("are told with the group that they come from, by sign-in name and by id", async () => {
    const eva = take(await holder(EVA));
    expect(eva).toMatchObject({ name: "Eva Lind", signInName: EVA, usageLocation: "DE", licences: [{ subscription: E3, group: null, groupName: null, state: "active", problem: null }] });
    expect(take(await holder(eva.id))).toEqual(eva);
    expect(take(await holder(TOM))).toMatchObject({ usageLocation: null, licences: [{ subscription: EMS, group: expect.stringMatching(/^[0-9a-f-]{36}$/), groupName: "Licensed staff" }] });
    expect(await holder("nobody@contoso-practice.com")).toMatchObject({ ok: false, fault: { kind: "not-found", what: "user-in-tenant" } });
    expect(await holder("../groups")).toMatchObject({ ok: false, fault: { kind: "not-found", what: "user-in-tenant" } });
  });

  it("keep the id of a group that cannot be read", async () => {
    const [licence] = take(await holder(TOM)).licences;
    const objects = take(await office365.provisioning?.openObjects?.(configuration, context()) ?? fail({ kind: "cancelled" }));
    take(await objects.remove({ identity: `groups/${licence?.group}`, guid: null, controller: null }));
    expect(take(await holder(TOM)).licences).toEqual([{ ...licence, groupName: null }]);
  });

  it("are given and taken in one call, and the seats move with them", async () => {
    expect(take(await change(EVA, { give: [EMS], take: [E3] })).licences).toEqual([{ subscription: EMS, group: null, groupName: null, state: "active", problem: null }]);
    expect(await seats()).toMatchObject({ ENTERPRISEPACK: "enabled 21 used, 4 free, 0 too few", EMS: "enabled 5 used, 20 free, 0 too few" });
  });

  it("need a place, which is set before", async () => {
    expect(await change(TOM, { give: [E3] })).toMatchObject({ ok: false, fault: { kind: "object-refused", why: "usage-location-missing" } });
    expect(take(await change(TOM, { give: [E3], usageLocation: "AT" }))).toMatchObject({ usageLocation: "AT", licences: [{ subscription: EMS }, { subscription: E3, group: null }] });
  });

  it("are given once Graph knows of the place that it took", async () => {
    await clouds.set("graph", "not-shown-yet");
    expect(take(await change(TOM, { give: [E3], usageLocation: "AT" })).licences).toHaveLength(2);
  });

  it.each<readonly [string, string, Partial<LicenceChange>, string]>([
    ["no seat is left", EVA, { give: [PLAN1], take: [E3] }, "no-seats"],
    ["it comes from a group", TOM, { take: [EMS] }, "licence-by-group"],
    ["the user does not have it", EVA, { take: [EMS] }, "licence-not-held"],
    ["the user is gone", "nobody@contoso-practice.com", { take: [EMS] }, "object-missing"],
    ["the place is none", EVA, { usageLocation: "Germany" }, "value-not-allowed"],
    ["the product is unknown", EVA, { give: ["00000000-0000-0000-0000-000000000001"] }, "refused"],
  ])("are refused in Graph's own words where %s, and nothing is changed", async (_what, user, wanted, why) => {
    const before = await seats();
    const refused = await change(user, wanted);
    expect(refused).toMatchObject({ ok: false, fault: { kind: "object-refused", why, host: "graph.microsoft.com" } });
    expect(refused.ok ? "" : explain(refused.fault).sentence).not.toBe("");
    expect(await seats()).toEqual(before);
  });

  it("may have been changed where the answer did not come", async () => {
    await clouds.set("graph", "answer-lost");
    expect(await change(EVA, { give: [EMS] })).toMatchObject({ ok: false, fault: { kind: "unreachable" } });
    await clouds.set("graph", "up");
    expect(take(await holder(EVA)).licences).toHaveLength(2);
  });
});
