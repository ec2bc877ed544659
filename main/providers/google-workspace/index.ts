/** Google Workspace: a service account that acts for an administrator through domain-wide delegation. */
import { rungProgress } from "../../../shared/contract/progress.ts";
import { fail, succeed } from "../../../shared/fault.ts";
import type { Pace } from "../../../shared/model/messaging.ts";
import { firstFailure } from "../../network/climb.ts";
import { cloudProbing } from "../../network/cloud-probing.ts";
import type { MessagingProvider } from "../provider.ts";
import { API_HOST, schema, SCOPES, type GoogleWorkspaceConfiguration } from "./configuration.ts";
import { managementShell } from "./management-shell.ts";
import { provisioning } from "./provisioning.ts";

/** Google's libraries take a good part of the start of a process, and most processes never ask the cloud. */
const ladder = () => import("./health.ts");

/** One token request each time: at most thirteen an hour. The Directory API counts its requests for the whole project. */
const PACE: Pace = { passedMs: 5 * 60_000, refusedMs: 5 * 60_000 };
const PACES = { certificate: PACE, "sign-in": PACE, "directory-search": PACE, domain: PACE } as const;

export const googleWorkspace: MessagingProvider<GoogleWorkspaceConfiguration> = {
  id: "google-workspace",
  descriptor: {
    id: "google-workspace",
    entries: [{ provider: "google-workspace", variant: null, supportEnds: null, available: true }],
    storeKinds: ["active-directory"],
    fields: [
      {
        kind: "text",
        name: "serviceAccount",
        format: "account",
        placeholder: "name@project.iam.gserviceaccount.com",
        required: true,
        maxLength: 254,
      },
      { kind: "text", name: "adminUsername", format: "account", placeholder: "admin@contoso.com", required: true, maxLength: 254 },
      {
        kind: "certificate",
        name: "certificate",
        required: true,
        extensions: ["p12"],
        passwordField: null,
        // Google protects every p12 key file with this word and prints it in its documentation.
        fixedPassword: "notasecret",
      },
    ],
    // The Admin console takes them with commas (Google: "Control API access with domain-wide delegation").
    notices: [{ tone: "info", name: "delegation", copies: [...SCOPES] }],
    servers: "single",
    testable: true,
    paces: PACES,
    prevents: [],
    rights: ["sign-in", "domain", "groups", "users", "licences"],
  },
  schema,
  defaults: () => ({ serviceAccount: "", adminUsername: "" }),
  discovery: {
    list: async (_configuration, context) =>
      succeed({ servers: [{ name: API_HOST, version: null, build: null, roles: [], site: null }], notShown: [], complete: true, source: API_HOST, at: context.clock.now() }),
  },
  health: { check: async (configuration, server, context) => (await ladder()).check(configuration, server, context, PACES) },
  probing: cloudProbing,
  test: {
    run: async (configuration, context) => {
      const { check } = await ladder();
      const result = await check(configuration, API_HOST, context, PACES, (rung) => context.progress(rungProgress(rung)));
      const fault = firstFailure(result.rungs);
      return fault === null ? succeed(null) : fail(fault);
    },
  },
  provisioning,
  managementShell,
  expiries: () => [],
};
