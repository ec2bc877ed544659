/** What provisioning loads when it is needed: Graph's objects, and the run that suits the identity store. */
import { z } from "zod";
import { fail, succeed, type Result } from "../../../shared/fault.ts";
import type { DirectoryObjects } from "../../directory/types.ts";
import type { ProviderContext, ProvisioningRun } from "../provider.ts";
import type { Office365Configuration } from "./configuration.ts";
import { readCollection } from "./graph.ts";
import { graphAccess, graphReader } from "./graph-access.ts";
import { GraphObjects } from "./graph-objects.ts";
import { GraphRun } from "./graph-run.ts";
import { OnlineRun } from "./online-run.ts";
import { OnlineSession } from "./online-session.ts";

const domainSchema = z.object({ id: z.string(), isInitial: z.boolean().optional() });

/** The tenant's objects. Signs in here, so that a wrong credential is told before anything is written. */
export async function openObjects(configuration: Office365Configuration, context: ProviderContext): Promise<Result<DirectoryObjects>> {
  const signedIn = await graphReader(configuration, [], context);
  if (!signedIn.ok) return signedIn;
  const pause = (ms: number) => new Promise<void>((resolve) => void context.clock.after(ms, resolve));
  return succeed(new GraphObjects(configuration, graphAccess(configuration, context), pause));
}

export function openRun(configuration: Office365Configuration, context: ProviderContext, objects: DirectoryObjects): ProvisioningRun {
  if (context.connection.kind === "entra-id") return new GraphRun(objects);
  return new OnlineRun(configuration, new OnlineSession(configuration, context, () => initialDomain(configuration, context)));
}

/** The tenant's `.onmicrosoft.com` domain, which Exchange Online takes for an organisation and no other (Microsoft: "App-only authentication for unattended scripts"). */
async function initialDomain(configuration: Office365Configuration, context: ProviderContext): Promise<Result<string>> {
  const reader = await graphReader(configuration, ["Domain.Read.All"], context);
  if (!reader.ok) return reader;
  const domains = await readCollection(reader.value, "/v1.0/domains?$select=id,isInitial", domainSchema);
  if (!domains.ok) return domains;
  const initial = domains.value.find(({ isInitial }) => isInitial === true);
  return initial === undefined ? fail({ kind: "not-found", what: "domain-in-tenant" }) : succeed(initial.id);
}
