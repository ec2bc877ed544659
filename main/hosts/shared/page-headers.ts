/** Headers every answer carries, on either host. The pages are scripts and one style sheet of their own, and nothing else. */
import { createHash } from "node:crypto";

/**
 * Griffel, which Fluent draws its styles with, puts empty style elements into the page and their rules into them through
 * the CSSOM, which no policy looks at; the elements are held to it all the same. With this hash an element without a
 * letter in it is let in, and one with any text, or a style attribute, is not.
 */
const emptyStyle = `'sha256-${createHash("sha256").update("").digest("base64")}'`;

export const contentSecurityPolicy = [
  // Frames, objects, workers, media, fonts and manifests among them.
  "default-src 'none'",
  "script-src 'self'",
  `style-src 'self' ${emptyStyle}`,
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
  "form-action 'none'",
  // Text never becomes markup or a script: React makes elements, and nothing in the page has a policy to make more.
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join("; ");

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
