import { describe, expect, it } from "vitest";
import { callGoogle, googleFetch } from "../../../../../main/providers/google-workspace/fetch.ts";
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
