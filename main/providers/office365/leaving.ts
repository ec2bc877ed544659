/**
 * Users who leave, over Graph: an account is disabled ("Update user"), its sessions end ("user: revokeSignInSessions"), the user is deleted
 * ("Delete user": restorable for 30 days). All three are sensitive actions, which Graph refuses to an application for holders of directory
 * roles unless it has a higher role itself ("Working with users in Microsoft Graph": who can perform sensitive actions).
 */
import { z } from "zod";
import { fail, succeed, type Fault } from "../../../shared/fault.ts";
import { cloudOf } from "../../network/microsoft-clouds.ts";
import type { Leaving, ProviderContext } from "../provider.ts";
import type { Office365Configuration } from "./configuration.ts";
import { graphAccess, graphReader } from "./graph-access.ts";
import { grantedBy } from "./permissions.ts";

const USERS: readonly string[] = ["User.ReadWrite.All"];
/** What changes users, by a token's roles. */
const WRITING: readonly string[] = [...USERS, "Directory.ReadWrite.All"];
/** An application has a permission of its own for it ("user: revokeSignInSessions"). */
const SESSIONS: readonly string[] = ["User.RevokeSessions.All"];
/** Without it Graph shows roles by their ids, or nothing of them ("List a user's memberships"). */
const ROLES: readonly string[] = ["RoleManagement.Read.Directory"];
/** Pages without an entry that are followed: a filter by type may leave some empty. */
const PAGES = 20;

const accountSchema = z.object({ userPrincipalName: z.string(), accountEnabled: z.boolean(), onPremisesSyncEnabled: z.boolean().nullish() });
const rolesSchema = z.object({ value: z.array(z.object({ id: z.string(), displayName: z.string().nullish() })), "@odata.nextLink": z.string().optional() });

const STRANGE: Fault = { kind: "unreachable", rung: "permissions", reason: "bad-status", detail: "200" };

function pathOf(user: string): string {
  return `/v1.0/users/${encodeURIComponent(user)}`;
}

function isMissing(fault: Fault): boolean {
  return fault.kind === "object-refused" && fault.why === "object-missing";
}

/** A refusal to an application that may change users is about this one: it holds a role. */
async function ofAdministrator(fault: Fault, configuration: Office365Configuration, context: ProviderContext): Promise<Fault> {
  if (fault.kind !== "forbidden") return fault;
  const reader = await graphReader(configuration, USERS, context);
  if (!reader.ok || !grantedBy(reader.value.token).roles.some((role) => WRITING.includes(role))) return fault;
  return { kind: "object-refused", why: "administrator", host: cloudOf(configuration.cloud).graphHost, ...(fault.detail === undefined ? {} : { detail: fault.detail }) };
}

export const leaving: Leaving<Office365Configuration> = {
  account: async (configuration, user, context) => {
    const answer = await graphAccess(configuration, context)({ method: "GET", path: `${pathOf(user)}?$select=userPrincipalName,accountEnabled,onPremisesSyncEnabled` }, USERS);
    if (!answer.ok) return isMissing(answer.fault) ? succeed(null) : answer;
    const read = accountSchema.safeParse(answer.value);
    return read.success ? succeed({ signInName: read.data.userPrincipalName, isBlocked: !read.data.accountEnabled, isSynchronised: read.data.onPremisesSyncEnabled === true }) : fail(STRANGE);
  },
  roles: async (configuration, user, context) => {
    const ask = graphAccess(configuration, context);
    // A type at the end of a path is an advanced query, which wants the count (Graph: "Advanced query capabilities on directory objects").
    let path = `${pathOf(user)}/transitiveMemberOf/microsoft.graph.directoryRole?$select=id,displayName&$count=true`;
    for (let page = 0; page < PAGES; page += 1) {
      const answer = await ask({ method: "GET", path }, ROLES);
      if (!answer.ok) return answer;
      const read = rolesSchema.safeParse(answer.value);
      if (!read.success) return fail(STRANGE);
      const { value, "@odata.nextLink": next } = read.data;
      if (value.length > 0 || next === undefined) return succeed(value.map(({ id, displayName }) => displayName ?? id));
      const { pathname, search } = new URL(next);
      path = `${pathname}${search}`;
    }
    return fail(STRANGE);
  },
  block: async (configuration, user, context) => {
    const ask = graphAccess(configuration, context);
    const blocked = await ask({ method: "PATCH", path: pathOf(user), body: { accountEnabled: false } }, USERS);
    if (!blocked.ok) return fail(await ofAdministrator(blocked.fault, configuration, context));
    // Who is signed in stays so for as long as the tokens last.
    const ended = await ask({ method: "POST", path: `${pathOf(user)}/revokeSignInSessions` }, SESSIONS);
    return ended.ok ? succeed(null) : ended;
  },
  remove: async (configuration, user, context) => {
    const removed = await graphAccess(configuration, context)({ method: "DELETE", path: pathOf(user) }, USERS);
    if (removed.ok || isMissing(removed.fault)) return succeed(null);
    return fail(await ofAdministrator(removed.fault, configuration, context));
  },
};
