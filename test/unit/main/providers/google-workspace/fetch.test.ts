import { describe, expect, it } from "vitest";
import { keepingFetch } from "../../../../../main/providers/google-workspace/fetch.ts";
import { contextAsking } from "../support.ts";

describe("fetch for Google's libraries", () => {
  it.each(["https://evil.example/token", "https://www.googleapis.com/oauth2/v4/token", "https://admin.googleapis.com.evil.example/", "http://admin.googleapis.com/", "http://169.254.169.254/computeMetadata/"])(
    "never leaves for %s",
    async (url) => {
      const { context, asked } = contextAsking();
      const { fetch, fault } = keepingFetch(context);
      await expect(fetch(url, { method: "POST", body: "assertion=planted" })).rejects.toThrow(/^The request to Google failed: unsupported$/);
      expect(fault()).toMatchObject({ kind: "unsupported", why: "host-outside-cloud" });
      expect(asked).toEqual([]);
    },
  );

  it.each(["https://oauth2.googleapis.com/token", "https://admin.googleapis.com/admin/directory/v1/customer/my_customer/domains"])("leaves for %s", async (url) => {
    const { context, asked } = contextAsking();
    const { fetch, fault } = keepingFetch(context);
    await expect(fetch(url)).rejects.toThrow("The request to Google failed: unreachable");
    expect(fault()).toMatchObject({ kind: "unreachable", rung: "dns" });
    expect(asked).toEqual([new URL(url).hostname]);
  });
});
