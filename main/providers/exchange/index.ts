/** Microsoft Exchange on the company's own servers. */
import { choiceValue } from "../../../shared/rules/choice-value.ts";
import { startOfDay } from "../../../shared/rules/expiry.ts";
import { directoryPlace } from "../../../shared/rules/lending.ts";
import type { MessagingProvider } from "../provider.ts";
import { descriptor, EXCHANGE } from "./descriptor.ts";
import { discovery } from "./discovery.ts";
import { health } from "./health.ts";
import { managementShell } from "./management-shell.ts";
import { probing } from "./probing.ts";
import { provisioning } from "./provisioning/index.ts";
import { exchangeSchema, type ExchangeConfiguration } from "./schema.ts";
import { connectionTest } from "./test.ts";
import { supportEnds } from "./version.ts";

export const exchange: MessagingProvider<ExchangeConfiguration> = {
  id: EXCHANGE,
  descriptor,
  schema: exchangeSchema,
  defaults: (connection) => ({
    domain: connection.kind === "active-directory" ? connection.domain : "",
    username: connection.kind === "active-directory" ? connection.username : "",
    authentication: "kerberos",
  }),
  destination: (values, connection) => (connection.kind === "active-directory" ? directoryPlace(connection, String(values["domain"] ?? "")) : null),
  discovery,
  health,
  probing,
  test: connectionTest,
  provisioning,
  managementShell,
  expiries: ({ variant }) => {
    const date = supportEnds[variant];
    return date === null ? [] : [{ kind: "support", subject: choiceValue({ provider: EXCHANGE, variant }), at: startOfDay(date) }];
  },
};
