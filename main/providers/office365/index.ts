/** Office 365: signs in as an Entra application and manages recipients through Graph and Exchange Online. */
import { fail, succeed } from "../../../shared/fault.ts";
import { rungProgress } from "../../../shared/contract/progress.ts";
import { startOfDay } from "../../../shared/rules/expiry.ts";
import { tenantPlace } from "../../../shared/rules/lending.ts";
import { firstFailure } from "../../network/climb.ts";
import { cloudProbing } from "../../network/cloud-probing.ts";
import type { MessagingProvider } from "../provider.ts";
import { cloudOf } from "../../network/microsoft-clouds.ts";
import { schema, type Office365Configuration } from "./configuration.ts";
import { descriptor } from "./descriptor.ts";
import { leaving } from "./leaving.ts";
import { managementShell } from "./management-shell.ts";
import { provisioning } from "./provisioning.ts";
import { subscriptions } from "./subscriptions.ts";

/** msal takes a good part of the start of a process, and most processes never ask the cloud. */
const ladder = () => import("./health.ts");

export const office365: MessagingProvider<Office365Configuration> = {
  id: "office365",
  descriptor,
  schema,
  defaults: (connection) => ({
    cloud: connection.kind === "entra-id" ? connection.cloud : "worldwide",
    domain: connection.kind === "entra-id" && connection.tenant.includes(".") ? connection.tenant : "",
    applicationId: "",
    clientSecretExpires: null,
  }),
  destination: ({ cloud, domain }, connection) => tenantPlace(String(cloud ?? ""), connection.kind === "entra-id" ? connection.tenant : String(domain ?? "")),
  discovery: {
    list: async (configuration, context) => {
      const cloud = cloudOf(configuration.cloud);
      return succeed({
        servers: [{ name: cloud.exchangeOnlineHost, version: null, build: null, roles: [], site: null }],
        notShown: [],
        complete: true,
        source: cloud.exchangeOnlineHost,
        at: context.clock.now(),
      });
    },
  },
  health: { check: async (configuration, server, context) => (await ladder()).check(configuration, server, context) },
  probing: cloudProbing,
  test: {
    run: async (configuration, context) => {
      const server = cloudOf(configuration.cloud).exchangeOnlineHost;
      const { check } = await ladder();
      const result = await check(configuration, server, context, (rung) => context.progress(rungProgress(rung)));
      const fault = firstFailure(result.rungs);
      return fault === null ? succeed(null) : fail(fault);
    },
  },
  provisioning,
  subscriptions,
  leaving,
  managementShell,
  expiries: (configuration) =>
    configuration.clientSecretExpires === null || configuration.clientSecretExpires === undefined || configuration.clientSecretExpires === ""
      ? []
      : [{ kind: "secret", subject: configuration.applicationId, at: startOfDay(configuration.clientSecretExpires) }],
};
