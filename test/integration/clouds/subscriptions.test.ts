/** The subscriptions of a tenant over Graph, over the wire: seats in every state that they can be in, and every refusal as what it is. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { office365 } from "../../../main/providers/office365/index.ts";
import { explain } from "../../../renderer/text/fault.ts";
import type { Result } from "../../../shared/fault.ts";
import type { SubscriptionList } from "../../../shared/model/subscription.ts";
import { bringsMailbox, freeSeats, missingSeats } from "../../../shared/rules/subscription.ts";
import { take } from "../../unit/main/store/support.ts";
import { FORM, openClouds, type Clouds } from "./support.ts";

const configuration = { cloud: "worldwide", domain: FORM.domain, applicationId: FORM.applicationId } as const;

let clouds: Clouds;
beforeAll(async () => {
  clouds = await openClouds();
});
afterEach(() => clouds.reset());
afterAll(() => clouds.stop());

function list(secrets: Readonly<Record<string, string>> = { clientSecret: clouds.secret }, signal?: AbortSignal): Promise<Result<SubscriptionList>> {
  const { subscriptions } = office365;
  if (subscriptions == null) throw new Error("Office 365 has no subscriptions");
  return subscriptions.list(configuration, clouds.context({ secrets, ...(signal === undefined ? {} : { signal }) }));
}

/** Owned, used, free, and how many are too few, by part number. */
async function seats(): Promise<Readonly<Record<string, string>>> {
  const { subscriptions } = take(await list());
  return Object.fromEntries(subscriptions.map((each) => [each.partNumber, `${each.state} ${each.seats.used} used, ${freeSeats(each)} free, ${missingSeats(each)} too few`]));
}

describe("subscriptions", () => {
  it("come with seats, plans and the host that told of them", async () => {
    const { subscriptions, source, at } = take(await list());
    expect(source).toBe("graph.microsoft.com");
    expect(Math.abs(Date.now() - at)).toBeLessThan(60_000);
    expect(subscriptions.map(({ partNumber }) => partNumber)).toEqual(["ENTERPRISEPACK", "EXCHANGESTANDARD", "EMS", "FLOW_FREE", "VISIOCLIENT", "CDS_DB_CAPACITY"]);
    expect(subscriptions[0]).toMatchObject({ id: "6fd2c87f-b296-42f0-b197-1e91e994b900", state: "enabled", isForUsers: true, seats: { enabled: 25, warning: 0, suspended: 0, lockedOut: 0, used: 22 } });
    expect(subscriptions[0]?.plans.at(-1)).toEqual({ id: "882e1d05-acd1-4ccb-8708-6ee03664b117", name: "INTUNE_O365", state: "pending-activation", isForUsers: false });
    expect(subscriptions.filter(bringsMailbox).map(({ partNumber }) => partNumber)).toEqual(["ENTERPRISEPACK", "EXCHANGESTANDARD"]);
    expect(subscriptions.filter(({ isForUsers }) => !isForUsers).map(({ partNumber }) => partNumber)).toEqual(["CDS_DB_CAPACITY"]);
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
    if (!listed.ok) expect(explain(listed.fault).sentence).not.toBe("");
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
