import { describe, expect, it } from "vitest";
import { clouds } from "../../../../../main/network/microsoft-clouds.ts";
import { cloudRequest } from "../../../../../main/providers/office365/cloud-request.ts";
import { contextAsking } from "../support.ts";

describe.each(clouds)("a request in the cloud $id", (cloud) => {
  const strangers = [
    "https://evil.example/v1.0/domains",
    `https://${cloud.graphHost}.evil.example/`,
    `https://evil.example/@${cloud.graphHost}`,
    `https://user:password@evil.example/${cloud.graphHost}`,
    `http://${cloud.graphHost}/v1.0/domains`,
    ...clouds.filter((each) => each !== cloud).map((each) => `https://${each.graphHost}/v1.0/domains`),
  ];

  it.each(strangers)("never leaves for %s", async (url) => {
    const { context, asked } = contextAsking();
    const answer = await cloudRequest({ cloud, context, url, method: "GET", headers: { authorization: "Bearer token" }, rung: "domain" });
    expect(answer).toMatchObject({ ok: false, fault: { kind: "unsupported", why: "host-outside-cloud" } });
    expect(JSON.stringify(answer)).not.toContain("password");
    expect(asked).toEqual([]);
  });

  it("leaves for each host of its row", async () => {
    for (const host of [cloud.authorityHost, cloud.graphHost, cloud.exchangeOnlineHost]) {
      const { context, asked } = contextAsking();
      const answer = await cloudRequest({ cloud, context, url: `https://${host}/`, method: "GET", headers: {}, rung: "domain" });
      expect(asked).toEqual([host]);
      expect(answer).toMatchObject({ ok: false, fault: { kind: "unreachable", rung: "dns", host } });
    }
  });
});
