/** The way to Microsoft Graph with whichever credential was entered. */
import { fail, succeed, type Result } from "../../../shared/fault.ts";
import { cloudOf } from "../../network/microsoft-clouds.ts";
import type { ProviderContext } from "../provider.ts";
import type { Office365Configuration } from "./configuration.ts";
import type { GraphReader } from "./graph.ts";
import { callGraph, type GraphCall } from "./graph-call.ts";
import { applicationOf, isEntered } from "./session.ts";

/** Calls Graph with a token that is kept; `needs` are the permissions that a call takes. */
export type AskGraph = (call: GraphCall, needs: readonly string[]) => Promise<Result<unknown>>;

/** Signs in with the certificate where there is one, with the secret otherwise. */
export async function graphReader(configuration: Office365Configuration, needs: readonly string[], context: ProviderContext): Promise<Result<GraphReader>> {
  const cloud = cloudOf(configuration.cloud);
  const rung = isEntered("certificate-sign-in", context) ? "certificate-sign-in" : "secret-sign-in";
  const application = await applicationOf(rung, configuration, context);
  if (!application.ok) return application;
  if (application.value === null) return fail({ kind: "sign-in", reason: "refused" });
  const token = await application.value.token(`https://${cloud.graphHost}`, { afresh: false, rung, context });
  return token.ok ? succeed({ cloud, token: token.value, rung: "permissions", needs, context }) : token;
}

export function graphAccess(configuration: Office365Configuration, context: ProviderContext): AskGraph {
  return async (call, needs) => {
    const reader = await graphReader(configuration, needs, context);
    return reader.ok ? callGraph(reader.value, call) : reader;
  };
}
