/** The Office 365 form. */
import type { Pace, ProviderDescriptor } from "../../../shared/model/messaging.ts";
import { clouds } from "../../network/microsoft-clouds.ts";

/**
 * Entra answers 429 to an application that does not keep its tokens (Microsoft: "Understanding client and server
 * throttling in MSAL.NET"), and each request is a line in the tenant's sign-in log. Two credentials at this pace, and the
 * token for Exchange Online when the last one ends, make at most fourteen requests an hour.
 */
const PACE: Pace = { passedMs: 12 * 60_000, refusedMs: 5 * 60_000 };

export const descriptor: ProviderDescriptor = {
  id: "office365",
  entries: [{ provider: "office365", variant: null, supportEnds: null, available: true }],
  storeKinds: ["active-directory", "entra-id"],
  fields: [
    { kind: "select", name: "cloud", required: true, options: clouds.map(({ id }) => id) },
    { kind: "text", name: "domain", format: "dns-name", placeholder: "contoso.com", required: true, maxLength: 253 },
    {
      kind: "text",
      name: "applicationId",
      format: "guid",
      placeholder: "00000000-0000-0000-0000-000000000000",
      required: true,
      maxLength: 36,
      fixedPitch: true,
    },
    { kind: "secret", name: "clientSecret", required: false, maxLength: 1024 },
    { kind: "date", name: "clientSecretExpires", required: false },
    {
      kind: "certificate",
      name: "certificate",
      required: true,
      extensions: ["pfx", "p12"],
      passwordField: "certificatePassword",
      // msal signs with RSA alone.
      keys: ["RSA"],
      refuses: ["refused-by-exchange-online"],
    },
    { kind: "secret", name: "certificatePassword", required: false, maxLength: 1024 },
  ],
  notices: [
    { tone: "info", storeKind: "active-directory", name: "groups-without-members" },
    { tone: "info", storeKind: "entra-id", name: "no-contacts" },
  ],
  servers: "single",
  testable: true,
  paces: Object.fromEntries((["certificate-sign-in", "secret-sign-in", "permissions", "domain"] as const).map((rung) => [rung, PACE])),
  prevents: [],
  rights: ["subscriptions", "domain", "groups", "users", "licences", "exchange"],
};
