import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { contentSecurityPolicy, headersOfPage, securityHeaders } from "../../../../../main/hosts/shared/page-headers.ts";

const directives = Object.fromEntries(
  contentSecurityPolicy.split("; ").map((directive) => {
    const [name = "", ...sources] = directive.split(" ");
    return [name, sources];
  }),
);

describe("the pages' policy", () => {
  it("lets in what the pages are made of, and nothing else", () => {
    expect(directives).toEqual({
      "default-src": ["'none'"],
      "script-src": ["'self'"],
      "style-src": ["'self'", `'sha256-${createHash("sha256").update("").digest("base64")}'`],
      "img-src": ["'self'", "data:"],
      "connect-src": ["'self'"],
      "base-uri": ["'none'"],
      "frame-ancestors": ["'none'"],
      "form-action": ["'none'"],
      "require-trusted-types-for": ["'script'"],
      "trusted-types": ["'none'"],
    });
  });

  it("says what is no part of it", () => {
    const { "Content-Security-Policy": policy, "Permissions-Policy": features, ...others } = securityHeaders;
    expect(policy).toBe(contentSecurityPolicy);
    for (const feature of ["camera", "microphone", "geolocation", "usb", "serial", "hid", "bluetooth", "payment", "clipboard-read", "display-capture"]) {
      expect(features).toContain(`${feature}=()`);
    }
    expect(features).not.toContain("clipboard-write");
    expect(others).toEqual({
      "X-Content-Type-Options": "nosniff",
      "Referrer-Policy": "no-referrer",
      "Cross-Origin-Opener-Policy": "same-origin",
      "Cross-Origin-Embedder-Policy": "require-corp",
      "Cross-Origin-Resource-Policy": "same-origin",
      "X-Frame-Options": "DENY",
    });
  });
});

describe("the headers of a page", () => {
  const source = (text: string) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;

  it("let in what stands in its own elements, each for its kind", () => {
    const { "Content-Security-Policy": policy = "", ...others } = headersOfPage("<head><style>a{}</style><script>run();\n</script></head>");
    expect(policy.split("; ")).toContain(`script-src 'self' ${source("run();\n")}`);
    expect(policy.split("; ")).toContain(`style-src 'self' ${source("")} ${source("a{}")}`);
    const { "Content-Security-Policy": _policy, ...ofAll } = securityHeaders;
    expect(others).toEqual(ofAll);
  });

  it("are those of any answer where nothing stands in the page", () => {
    expect(headersOfPage('<p>text</p><script src="x.js"></script>')).toEqual(securityHeaders);
  });
});
