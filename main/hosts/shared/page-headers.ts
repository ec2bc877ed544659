/** Headers every answer carries, on either host. The pages are scripts and styles of their own, and nothing else. */
import { createHash } from "node:crypto";

/**
 * Griffel, which Fluent draws its styles with, puts empty style elements into the page and their rules into them through
 * the CSSOM, which no policy looks at; the elements are held to it all the same. With this hash an element without a
 * letter in it is let in, and one with any text, or a style attribute, is not.
 */
const emptyStyle = hashSource("");

function hashSource(text: string): string {
  return `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
}

/** The policy of an answer whose page has the elements in it that these sources are of. */
const policy = (scripts: readonly string[], styles: readonly string[]) =>
  [
    // Frames, objects, workers, media, fonts and manifests among them.
    "default-src 'none'",
    ["script-src 'self'", ...scripts].join(" "),
    ["style-src 'self'", emptyStyle, ...styles].join(" "),
    "img-src 'self' data:",
    "connect-src 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    "form-action 'none'",
    // Text never becomes markup or a script: React makes elements, and nothing in the page has a policy to make more.
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join("; ");

export const contentSecurityPolicy = policy([], []);

/** What Chromium would grant a page of this machine, with a question or without one. Copying stays: it is what buttons do. */
const refusedFeatures = [
  "accelerometer",
  "autoplay",
  "bluetooth",
  "browsing-topics",
  "camera",
  "clipboard-read",
  "display-capture",
  "encrypted-media",
  "fullscreen",
  "gamepad",
  "geolocation",
  "gyroscope",
  "hid",
  "identity-credentials-get",
  "idle-detection",
  "keyboard-map",
  "local-fonts",
  "magnetometer",
  "microphone",
  "midi",
  "otp-credentials",
  "payment",
  "picture-in-picture",
  "publickey-credentials-create",
  "publickey-credentials-get",
  "screen-wake-lock",
  "serial",
  "storage-access",
  "usb",
  "window-management",
  "xr-spatial-tracking",
];

export const securityHeaders: Readonly<Record<string, string>> = {
  "Content-Security-Policy": contentSecurityPolicy,
  "X-Content-Type-Options": "nosniff",
  "Referrer-Policy": "no-referrer",
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Embedder-Policy": "require-corp",
  "Cross-Origin-Resource-Policy": "same-origin",
  "Permissions-Policy": refusedFeatures.map((feature) => `${feature}=()`).join(", "),
  "X-Frame-Options": "DENY",
};

/**
 * The headers of a built page: what stands in its `<script>` and `<style>` as the build left it, letter by letter, is let in as well.
 * Only for a page that is sent unchanged in these: whatever else got into them would be let in with it.
 */
export function headersOfPage(page: string): Readonly<Record<string, string>> {
  const sources = (element: "script" | "style") => [...page.matchAll(new RegExp(`<${element}>([^]*?)</${element}>`, "g"))].map(([, text = ""]) => hashSource(text));
  return { ...securityHeaders, "Content-Security-Policy": policy(sources("script"), sources("style")) };
}
