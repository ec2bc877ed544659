/** Both providers climb their whole ladder with the vendors' own libraries, over sockets, and call nobody else. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { googleWorkspace } from "../../../main/providers/google-workspace/index.ts";
import { office365 } from "../../../main/providers/office365/index.ts";
import { succeed } from "../../../shared/fault.ts";
import { progressSchema } from "../../../shared/contract/progress.ts";
import type { CloudId } from "../../../shared/model/identity-store.ts";
import { checkGoogle, checkOffice365, FORM, ladderOf, openClouds, type Clouds } from "./support.ts";

/** Hosts by cloud, written out here a second time on purpose. */
const hosts: Readonly<Record<CloudId, { readonly authority: string; readonly graph: string; readonly exchange: string }>> = {
  worldwide: { authority: "login.microsoftonline.com", graph: "graph.microsoft.com", exchange: "outlook.office365.com" },
  "gcc-high": { authority: "login.microsoftonline.us", graph: "graph.microsoft.us", exchange: "outlook.office365.us" },
  dod: { authority: "login.microsoftonline.us", graph: "dod-graph.microsoft.us", exchange: "webmail.apps.mil" },
  china: { authority: "login.partner.microsoftonline.cn", graph: "microsoftgraph.chinacloudapi.cn", exchange: "partner.outlook.cn" },
};
const cloudIds: readonly CloudId[] = ["worldwide", "gcc-high", "dod", "china"];

let clouds: Clouds;
beforeAll(async () => {
  clouds = await openClouds();
});
afterAll(() => clouds.stop());
beforeEach(() => {
  clouds.hosts.length = 0;
});

describe("Office 365", () => {
  const whole = ["dns: passed", "tcp: passed", "tls: passed", "certificate-sign-in: passed", "secret-sign-in: passed", "permissions: passed", "domain: passed"];

  it.each(cloudIds)("passes every rung in the cloud %s and calls its hosts alone", async (cloud) => {
    const { authority, graph, exchange } = hosts[cloud];
    const result = await checkOffice365(clouds, { cloud, server: exchange });
    expect(ladderOf(result)).toEqual(whole);
    expect([...new Set(clouds.hosts)].toSorted()).toEqual([authority, exchange, graph].toSorted());
  });

  it("shows the tenant's name and its domains, which Graph hands out in pages", async () => {
    const result = await checkOffice365(clouds, {});
    const answers = result.rungs.flatMap(({ rung, outcome }) => (outcome.state === "passed" ? [[rung, outcome.answer]] : []));
    expect(answers).toContainEqual(["permissions", "Contoso practice"]);
    expect(answers).toContainEqual(["domain", "5 in the tenant"]);
    expect(result.certificateExpiresAt).toBeGreaterThan(Date.now());
  });

  it("compares domain names without regard to case", async () => {
    expect(ladderOf(await checkOffice365(clouds, { domain: "Contoso-Practice.COM" }))).toEqual(whole);
  });

  it("climbs with the secret alone: the certificate's rung is left out, not failed", async () => {
    const result = await checkOffice365(clouds, { certificate: null });
    expect(ladderOf(result)).toEqual(whole.with(3, "certificate-sign-in: skipped"));
  });

  it("stops above TLS without any credential, and calls nobody but the mail server", async () => {
    const result = await checkOffice365(clouds, { certificate: null, secret: null });
    expect(ladderOf(result)).toEqual([...whole.slice(0, 3), ...whole.slice(3).map((rung) => rung.replace("passed", "skipped"))]);
    expect(clouds.hosts).toEqual(["outlook.office365.com"]);
  });

  it.each([
    ["dod", "outlook-dod.office365.us"],
    ["china", "outlook.office365.cn"],
  ] as const)("still checks the server that earlier versions listed for the cloud %s", async (cloud, server) => {
    expect(ladderOf(await checkOffice365(clouds, { cloud, server }))).toEqual(whole);
  });

  it("does not call a server that was listed for another cloud", async () => {
    const result = await checkOffice365(clouds, { cloud: "china", server: "outlook.office365.com" });
    expect(result.rungs.map(({ outcome }) => outcome)).toEqual([
      { state: "failed", fault: { kind: "unsupported", why: "server-of-another-cloud", detail: "outlook.office365.com" } },
    ]);
    expect(clouds.hosts).toEqual([]);
  });

  it.each(cloudIds)("lists the one mail server of the cloud %s without asking anybody", async (cloud) => {
    const listing = await office365.discovery?.list({ cloud, domain: FORM.domain, applicationId: FORM.applicationId }, clouds.context({}));
    expect(listing?.ok === true && listing.value.servers.map(({ name }) => name)).toEqual([hosts[cloud].exchange]);
    expect(clouds.hosts).toEqual([]);
  });

  it("tests the connection rung by rung", async () => {
    const rungs: string[] = [];
    const base = clouds.context({ secrets: { clientSecret: clouds.secret }, certificates: { certificate: await clouds.file("practice-application.pfx") } });
    const context = { ...base, progress: (event: unknown) => void rungs.push(progressSchema.parse(event).rung?.rung ?? "") };
    const result = await office365.test?.run({ cloud: "worldwide", domain: FORM.domain, applicationId: FORM.applicationId }, context);
    expect(result).toEqual(succeed(null));
    expect(rungs).toEqual(whole.map((rung) => rung.split(":")[0]));
  });
});

describe("Google Workspace", () => {
  const whole = ["dns: passed", "tcp: passed", "tls: passed", "certificate: passed", "sign-in: passed", "directory-search: passed", "domain: passed"];

  it("passes every rung and calls Google's two hosts alone", async () => {
    expect(ladderOf(await checkGoogle(clouds, {}))).toEqual(whole);
    expect([...new Set(clouds.hosts)].toSorted()).toEqual(["admin.googleapis.com", "oauth2.googleapis.com"]);
  });

  it("stops above TLS without a key file", async () => {
    expect(ladderOf(await checkGoogle(clouds, { certificate: null }))).toEqual([
      ...whole.slice(0, 3),
      ...whole.slice(3).map((rung) => rung.replace("passed", "skipped")),
    ]);
  });

  it("lists the one server", async () => {
    const listing = await googleWorkspace.discovery?.list(FORM, clouds.context({}));
    expect(listing?.ok === true && listing.value.servers.map(({ name }) => name)).toEqual(["admin.googleapis.com"]);
  });

  it("tests the connection", async () => {
    const context = clouds.context({ certificates: { certificate: await clouds.file("practice-google.p12") } });
    expect(await googleWorkspace.test?.run(FORM, context)).toEqual(succeed(null));
  });
});
