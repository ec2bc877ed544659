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
  entries: [{ provider: "office365", variant: null, label: "Office 365", supportEnds: null, available: true }],
  storeKinds: ["active-directory", "entra-id"],
  fields: [
    {
      kind: "select",
      name: "cloud",
      label: "Cloud",
      hint: "Where the tenant lives",
      required: true,
      options: clouds.map((cloud) => ({ value: cloud.id, label: cloud.label })),
    },
    { kind: "text", name: "domain", label: "Domain name", hint: "A verified domain of the tenant", placeholder: "contoso.com", required: true, maxLength: 253 },
    {
      kind: "text",
      name: "applicationId",
      label: "Application ID",
      hint: "Application (client) ID of the app registration in the Microsoft Entra admin center",
      placeholder: "00000000-0000-0000-0000-000000000000",
      required: true,
      maxLength: 36,
      fixedPitch: true,
    },
    { kind: "secret", name: "clientSecret", label: "Client secret", hint: "The secret's value, not its ID", required: false, maxLength: 1024 },
    { kind: "date", name: "clientSecretExpires", label: "Client secret expires", hint: "As shown beside the secret in the admin center; reminds you in time", required: false },
    {
      kind: "certificate",
      name: "certificate",
      label: "PFX certificate",
      hint: "Certificate and private key whose public part is uploaded to the app registration",
      required: true,
      extensions: ["pfx", "p12"],
      passwordField: "certificatePassword",
    },
    { kind: "secret", name: "certificatePassword", label: "PFX certificate password", required: false, maxLength: 1024 },
  ],
  notices: [
    {
      tone: "info",
      storeKind: "active-directory",
      text: "In an Active Directory store, distribution groups are created in Office 365 without their members. Microsoft Entra Connect, or another directory synchronization, brings the members over.",
    },
    { tone: "info", storeKind: "entra-id", text: "Mail contacts cannot be created in a Microsoft Entra store, and objects synchronized from Active Directory are changed there, not here." },
  ],
  servers: "single",
  testable: true,
  paces: Object.fromEntries((["certificate-sign-in", "secret-sign-in", "permissions", "domain"] as const).map((rung) => [rung, PACE])),
  prevents: [],
};
