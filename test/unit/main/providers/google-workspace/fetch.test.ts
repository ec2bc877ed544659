import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { callGoogle, googleFetch } from "../../../../../main/providers/google-workspace/fetch.ts";
import { openCloudHost, type CloudHost } from "../cloud.ts";
import { contextAsking } from "../support.ts";

describe("fetch for Google's libraries", () => {
  it.each(["https://evil.example/token", "https://www.googleapis.com/oauth2/v4/token", "https://admin.googleapis.com.evil.example/", "http://admin.googleapis.com/", "http://169.254.169.254/computeMetadata/"])(
    "never leaves for %s",
    async (url) => {
      const { context, asked } = contextAsking();
      const called = await callGoogle("sign-in", context, () => googleFetch(url, { method: "POST", body: "assertion=planted" }));
      expect(called).toEqual({ ok: false, fault: { kind: "unsupported", why: "host-outside-cloud", detail: new URL(url).hostname } });
      expect(asked).toEqual([]);
    },
  );

  it.each(["https://oauth2.googleapis.com/token", "https://admin.googleapis.com/admin/directory/v1/customer/my_customer/domains"])("leaves for %s", async (url) => {
    const { context, asked } = contextAsking();
    const called = await callGoogle("sign-in", context, () => googleFetch(url));
    expect(called).toMatchObject({ ok: false, fault: { kind: "unreachable", rung: "dns" } });
    expect(asked).toEqual([new URL(url).hostname]);
  });
});

describe("what Google repeats of what was sent to it", () => {
  /** Words like any others: neither a name nor a shape gives them away. */
  const planted = "correct.horse.battery";
  const token = "https://oauth2.googleapis.com/token";
  let cloud: CloudHost;
  beforeAll(async () => {
    cloud = await openCloudHost("oauth2.googleapis.com", ({ authorization, body }) => ({ status: 400, body: { error: "invalid_request", error_description: `cannot read ${authorization || new URLSearchParams(body).get("assertion")} here` } }));
  });
  afterAll(() => cloud.close());

  it.each([
    ["an assertion", { method: "POST", body: new URLSearchParams({ assertion: planted }) }],
    ["a token", { method: "GET", headers: { authorization: `Bearer ${planted}` } }],
  ] as const)("is in no fault: %s", async (_what, init) => {
    const said = JSON.stringify(await callGoogle("sign-in", cloud.context(), () => googleFetch(token, init)));
    expect(said).toMatch(/cannot read (?:Bearer )?\[removed\] here/);
    expect(said).not.toContain(planted);
  });
});
