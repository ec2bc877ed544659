/**
 * Accounts of the practice tenant that are disabled or deleted, with the refusals of Microsoft Graph. Sources: "Working with users in
 * Microsoft Graph" (sensitive actions: an application without a directory role gets `Authorization_RequestDenied` for whoever holds one,
 * whatever permissions it has); "user: revokeSignInSessions" (a permission of its own; learn.microsoft.com/answers/questions/1691984 for
 * User.ReadWrite.All); "List a user's memberships" (a type in the path is an advanced query).
 */
import { z } from "zod";
import { parseJson } from "../../../shared/json.ts";
import type { CloudAnswer, CloudRequest } from "./cloud-host.ts";
import type { GraphResource } from "./graph-filter.ts";
import { refuse } from "./graph-refusal.ts";

/** Whom the tenant begins with as its administrator. */
export const ADMINISTRATOR = "0c9f4a52-6f0e-4b5e-9d0a-2b8f4f1f6a03";
const ROLES_OF: Readonly<Record<string, readonly { readonly id: string; readonly displayName: string }[]>> = {
  [ADMINISTRATOR]: [{ id: "a3f0d3e1-2b6c-4d8e-8a57-6f2e9b1c7d44", displayName: "Global Administrator" }],
};

const MAY_END_SESSIONS: readonly string[] = ["User.RevokeSessions.All", "User.ReadWrite.All", "Directory.ReadWrite.All"];
const MAY_READ_ROLES: readonly string[] = ["RoleManagement.Read.Directory", "Directory.Read.All", "Directory.ReadWrite.All", "User.Read.All", "User.ReadWrite.All"];

function denied(): CloudAnswer {
  return refuse(403, "Authorization_RequestDenied", "Insufficient privileges to complete the operation.");
}

/** Why nobody may do it; null where it is done. */
export function sensitiveRefusal({ id, onPremisesSyncEnabled }: GraphResource): CloudAnswer | null {
  if ((ROLES_OF[id] ?? []).length > 0) return denied();
  return onPremisesSyncEnabled === true ? refuse(400, "Request_BadRequest", "Unable to update the specified properties for on-premises mastered Directory Sync objects or objects currently undergoing migration.") : null;
}

const enablingSchema = z.strictObject({ accountEnabled: z.boolean() });

/** Whether the account is to be enabled; null for a change of something else. */
export function enablingIn(body: string): boolean | null {
  return enablingSchema.safeParse(parseJson(body)).data?.accountEnabled ?? null;
}

type LeavingAction = "revokeSignInSessions" | "transitiveMemberOf/microsoft.graph.directoryRole";

export function answerLeaving(action: LeavingAction, { method, url, headers }: CloudRequest, { id }: GraphResource, roles: readonly string[]): CloudAnswer {
  const isRevoking = action === "revokeSignInSessions";
  if (method !== (isRevoking ? "POST" : "GET")) return refuse(405, "Request_BadRequest", "Specified HTTP method is not allowed for the request target.");
  if (!roles.some((role) => (isRevoking ? MAY_END_SESSIONS : MAY_READ_ROLES).includes(role))) return denied();
  if (isRevoking) return { status: 200, body: { value: true } };
  if (headers.consistencylevel !== "eventual" || url.searchParams.get("$count") !== "true") return refuse(400, "Request_UnsupportedQuery", "Unsupported Query.");
  const held = ROLES_OF[id] ?? [];
  return { status: 200, body: { "@odata.count": held.length, value: held } };
}
