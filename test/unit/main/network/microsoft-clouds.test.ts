import { describe, expect, it } from "vitest";
import { fieldWords } from "../../../../renderer/text/provider.ts";
import { cloudIdSchema } from "../../../../shared/model/identity-store.ts";
import { clouds, cloudOf, exchangeOnlineHosts, findCloud, hostsOf, retiredClouds } from "../../../../main/network/microsoft-clouds.ts";

/** Microsoft's own documentation, written out: label, authority hosts, Graph, Exchange Online, ExchangeEnvironmentName. */
const documented: readonly (readonly [label: string, authorities: readonly string[], graph: string, exchange: string, environment: string])[] = [
  ["Microsoft 365 (Worldwide and GCC)", ["login.microsoftonline.com"], "graph.microsoft.com", "outlook.office365.com", "O365Default"],
  ["US Government GCC High", ["login.microsoftonline.us"], "graph.microsoft.us", "outlook.office365.us", "O365USGovGCCHigh"],
  ["US Government DoD", ["login.microsoftonline.us"], "dod-graph.microsoft.us", "webmail.apps.mil", "O365USGovDoD"],
  ["China (21Vianet)", ["login.partner.microsoftonline.cn", "login.chinacloudapi.cn"], "microsoftgraph.chinacloudapi.cn", "partner.outlook.cn", "O365China"],
];

describe("Microsoft's clouds", () => {
  it("are the documented ones, in their order, with their hosts", () => {
    expect(
      clouds.map(({ id, authorityHost, otherAuthorityHost, graphHost, exchangeOnlineHost, exchangeEnvironmentName }) => [
        fieldWords("office365", "cloud").option(id),
        [authorityHost, ...(otherAuthorityHost === null ? [] : [otherAuthorityHost])],
        graphHost,
        exchangeOnlineHost,
        exchangeEnvironmentName,
      ]),
    ).toEqual(documented);
  });

  it("have the ids of the model, and each id a row", () => {
    expect(clouds.map(({ id }) => id)).toEqual(cloudIdSchema.options);
    for (const id of cloudIdSchema.options) expect(cloudOf(id).id).toBe(id);
  });

  it("share no host for data: a call to another cloud would be seen", () => {
    const dataHosts = clouds.flatMap((cloud) => [cloud.graphHost, ...exchangeOnlineHosts(cloud)]);
    expect(new Set(dataHosts).size).toBe(dataHosts.length);
    for (const cloud of clouds) expect(hostsOf(cloud)).toEqual([cloud.authorityHost, cloud.graphHost, ...exchangeOnlineHosts(cloud)]);
  });
});

describe("Exchange Online's hosts", () => {
  it("are those of its PowerShell, and besides those that earlier versions listed", () => {
    expect(exchangeOnlineHosts(cloudOf("dod"))).toEqual(["webmail.apps.mil", "outlook-dod.office365.us"]);
    expect(exchangeOnlineHosts(cloudOf("china"))).toEqual(["partner.outlook.cn", "outlook.office365.cn"]);
    expect(exchangeOnlineHosts(cloudOf("worldwide"))).toEqual(["outlook.office365.com"]);
  });
});

describe("a cloud named from outside", () => {
  it.each([
    ["worldwide", "worldwide"],
    ["O365Default", "worldwide"],
    ["o365usgovgcchigh", "gcc-high"],
    ["O365USGovDoD", "dod"],
    [" O365China ", "china"],
  ])("%j is %s", (name, id) => {
    expect(findCloud(name)).toMatchObject({ state: "offered", cloud: { id } });
  });

  it.each(["O365GermanyCloud", "germany", "Germany"])("%j is explained as retired, not offered", (name) => {
    expect(findCloud(name)).toMatchObject({ state: "retired", cloud: { id: "germany", retiredOn: "2021-10-29" } });
    expect(clouds.map(({ id }): string => id)).not.toContain("germany");
    expect(retiredClouds).toHaveLength(1);
  });

  it.each(["", "mars", "constructor"])("%j is unknown", (name) => {
    expect(findCloud(name)).toEqual({ state: "unknown" });
  });
});
