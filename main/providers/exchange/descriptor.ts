/** What the form of Microsoft Exchange looks like. */
import type { Pace, ProviderDescriptor } from "../../../shared/model/messaging.ts";
import { authentications } from "./schema.ts";
import { supportEnds, variants } from "./version.ts";

export const EXCHANGE = "exchange";

/** A session is a shell at the server, of which an account may have eighteen (Exchange's classic throttling policy), and two lines in its logs. */
export const SIGN_IN_PACE: Pace = { passedMs: 15 * 60_000, refusedMs: 15 * 60_000 };

export const descriptor: ProviderDescriptor = {
  id: EXCHANGE,
  entries: variants.map((variant) => ({
    provider: EXCHANGE,
    variant,
    supportEnds: supportEnds[variant],
    available: true,
  })),
  storeKinds: ["active-directory"],
  fields: [
    { kind: "text", name: "domain", format: "dns-name", required: true, placeholder: "contoso.lab", maxLength: 255 },
    { kind: "text", name: "username", format: "account", required: true, maxLength: 255 },
    { kind: "secret", name: "password", required: true, maxLength: 1024 },
    { kind: "select", name: "authentication", required: false, options: [...authentications] },
  ],
  notices: [],
  servers: "priority",
  testable: true,
  paces: { "sign-in": SIGN_IN_PACE, role: SIGN_IN_PACE },
  prevents: [],
  rights: ["listing", "status", "recipients", "objects"],
};
