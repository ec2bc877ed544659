/** What the product's management shell would be told: of each provider, and of what was there before. */
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { providers } from "../../../../main/providers/index.ts";
import type { ShellStore } from "../../../../shared/model/management-shell.ts";
import type { FieldValue } from "../../../../shared/model/messaging.ts";
import { take } from "../store/support.ts";
import { given, toy } from "./document-support.ts";
import { connection, layBed, type Bed } from "./support.ts";

const toldOf = (id: string, variant: string | null, values: Record<string, FieldValue>) => take(providers.find((provider) => provider.id === id)?.decode(variant, values) ?? { ok: false, fault: { kind: "not-found", what: "provider" } }).managementShell();

describe("a provider", () => {
  const exchange = { domain: "contoso.lab", username: "CONTOSO\\svc" };
  it.each(["2013", "2016", "2019"])("is told of as that shell calls it: Exchange %s", (variant) => {
    expect(toldOf("exchange", variant, exchange)).toEqual({ provider: `exchange${variant}`, parameters: { Domain: "contoso.lab" }, asks: { for: "credential", account: "CONTOSO\\svc" }, server: { from: "chosen" } });
  });

  it("is not told of where that shell does not know it", () => {
    expect(toldOf("exchange", "subscription", exchange)).toBeNull();
    expect(toldOf("other", null, { domain: "googlegroups.com", maximumAliasLength: 64 })).toBeNull();
    expect(toldOf("none", null, {})).toBeNull();
    expect(toldOf("office365", null, { cloud: "gcc-high", domain: "contoso.us", applicationId: "a1b2c3d4-e5f6-f6e5-d4c3-b2a1b2c3d4e5" })).toBeNull();
  });

  it("of a cloud is told of with its own parameters", () => {
    expect(toldOf("office365", null, { cloud: "worldwide", domain: "contoso.com", applicationId: "a1b2c3d4-e5f6-f6e5-d4c3-b2a1b2c3d4e5" })).toMatchObject({ provider: "o365", parameters: { Domain: "contoso.com", AppId: "a1b2c3d4-e5f6-f6e5-d4c3-b2a1b2c3d4e5" } });
    expect(toldOf("google-workspace", null, { serviceAccount: "svc@p.iam.gserviceaccount.com", adminUsername: "admin@contoso.com" })).toMatchObject({ provider: "gsuite", parameters: { UserName: "svc@p.iam.gserviceaccount.com", AdminUsername: "admin@contoso.com" }, asks: { for: "key-file" } });
  });
});

describe("an identity store", () => {
  let bed: Bed;
  beforeEach(async () => {
    bed = await layBed();
  });
  afterEach(() => bed.dispose());

  const servers = [{ name: "exa.contoso.lab", priority: 2 }, { name: "exb.contoso.lab", priority: 1 }, { name: "exc.contoso.lab", priority: null }];
  const told = async (id: string): Promise<ShellStore | undefined> => take(await bed.services.handover.shell([id]))[0];
  const create = async () => take(await bed.services.documents.create({ document: { name: "Contoso HQ", connection, messaging: { ...toy, servers } }, secrets: given, files: {} })).id;

  it("has its servers in their order, what was entered, and nothing before its first messaging system", async () => {
    const id = await create();
    const form = await told(id);
    expect(form).toEqual({ name: "Contoso HQ", now: { choice: { provider: "toy", variant: toy.variant }, settings: null, servers: ["exb.contoso.lab", "exa.contoso.lab"], values: expect.arrayContaining([{ field: "domain", value: toy.values.domain, isChoice: false }]) }, before: null });
    expect(JSON.stringify(form)).not.toContain(given["messaging.password"]);
    expect(await bed.services.handover.shell(["nobody"])).toMatchObject({ ok: false, fault: { kind: "not-found" } });
  });

  it("has what was there before, however many revisions left it as it was", async () => {
    const id = await create();
    const change = async (name: string) => take(await bed.services.documents.apply(id, { document: { name, connection, messaging: { ...toy, servers: [{ name: "exa.contoso.lab", priority: 1 }] } }, secrets: {}, files: {} }, false));
    expect((await change("Contoso HQ")).revision).toBe(2);
    expect((await change("Contoso")).revision).toBe(3);
    expect(await told(id)).toMatchObject({ name: "Contoso", now: { servers: ["exa.contoso.lab"] }, before: { servers: ["exb.contoso.lab", "exa.contoso.lab"] } });
  });
});
