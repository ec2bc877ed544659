/** Both providers climb their whole ladder with the vendors' own libraries, over sockets. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { googleWorkspace } from "../../../main/providers/google-workspace/index.ts";
import { office365 } from "../../../main/providers/office365/index.ts";
import { openClouds, FORM, ladderOf, type Clouds } from "./support.ts";

let clouds: Clouds;
beforeAll(async () => {
  clouds = await openClouds();
});
afterAll(() => clouds.stop());

const microsoft = { cloud: "worldwide" as const, domain: FORM.domain, applicationId: FORM.applicationId };

describe("Office 365", () => {
  it("passes every rung with the certificate and the secret", async () => {
    const context = clouds.context({ secrets: { clientSecret: clouds.secret }, certificates: { certificate: await clouds.file("practice-application.pfx") } });
    const result = await office365.health?.check(microsoft, "outlook.office365.com", context);
    console.log(JSON.stringify(result, null, 1));
    expect(result && ladderOf(result)).toEqual([]);
  });
});

describe("Google Workspace", () => {
  it("passes every rung", async () => {
    const context = clouds.context({ certificates: { certificate: await clouds.file("practice-google.p12") } });
    const result = await googleWorkspace.health?.check(FORM, "admin.googleapis.com", context);
    console.log(JSON.stringify(result, null, 1));
    expect(result && ladderOf(result)).toEqual([]);
  });
});
