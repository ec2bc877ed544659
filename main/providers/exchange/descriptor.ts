/** What the form of Microsoft Exchange looks like. */
import type { ProviderDescriptor } from "../../../shared/model/messaging.ts";
import { releases, variants } from "./version.ts";

export const EXCHANGE = "exchange";

export const descriptor: ProviderDescriptor = {
  id: EXCHANGE,
  entries: variants.map((variant) => ({
    provider: EXCHANGE,
    variant,
    label: releases[variant].label,
    supportEnds: releases[variant].supportEnds,
    available: true,
  })),
  storeKinds: ["active-directory"],
  fields: [
    {
      kind: "text",
      name: "domain",
      label: "Domain name",
      hint: "The Active Directory domain where the mail servers are, such as contoso.lab.",
      required: true,
      placeholder: "contoso.lab",
      maxLength: 255,
    },
    {
      kind: "text",
      name: "username",
      label: "Username",
      hint: "An account that may manage recipients: user@domain or DOMAIN\\user.",
      required: true,
      maxLength: 255,
    },
    { kind: "secret", name: "password", label: "Password", required: true, maxLength: 1024 },
  ],
  notices: [],
  servers: "priority",
  testable: true,
  paces: {},
  prevents: [],
};
