/** The plan for one object: what is wrong with it, what would be written where, by which server. Nothing is written for it. */
import { succeed, type Issue, type Result } from "../../../shared/fault.ts";
import type { MailRequest } from "../../../shared/model/mail-object.ts";
import type { MailPlan } from "../../../shared/model/mail-plan.ts";
import { powershellCommand } from "../../../shared/rules/powershell-command.ts";
import type { DirectoryObjects } from "../../directory/types.ts";
import type { AliasBench } from "../rooms.ts";
import type { AskedServers, Ground } from "./ground.ts";
import { isUserType } from "../../../shared/rules/mail-types.ts";

/** What is wrong with a request without asking anybody far away. */
export async function requestIssues(ground: Ground, request: MailRequest, aliases: AliasBench, signal: AbortSignal): Promise<readonly Issue[]> {
  const { provisioning, connection } = ground;
  const offered = provisioning.types(connection).find((each) => each.type === request.type);
  const why = offered === undefined ? "type-not-supported" : offered.why;
  if (why !== null) return [{ path: ["type"], code: why }];
  const missing = shapeIssues(ground, request);
  // What is missing breaks the provider's rules as well, and is said once.
  const issues = [...missing, ...provisioning.issues(request, connection).filter(({ path }) => !missing.some((issue) => issue.path[0] === path[0]))];
  const isAliasFine = issues.every(({ path }) => path[0] !== "alias");
  return isAliasFine && request.action !== "disable" ? [...issues, ...(await patternIssues(ground, request.alias, aliases, signal))] : issues;
}

/** What every provider needs. */
function shapeIssues({ provisioning, connection }: Ground, { action, name, container, identity, alias, accountName, type }: MailRequest): readonly Issue[] {
  const required = (path: string): Issue => ({ path: [path], code: "required" });
  if (action !== "create") return identity === null || identity === "" ? [required("identity")] : action === "enable" && alias === "" ? [required("alias")] : [];
  const needsContainer = connection.kind === "active-directory" && provisioning.openObjects === null;
  const needsAccount = isUserType(type) || (needsContainer && type !== "mail-contact");
  return [
    ...(name.trim() === "" ? [required("name")] : []),
    ...(needsContainer && (container ?? "") === "" ? [required("container")] : []),
    ...(alias === "" ? [required("alias")] : []),
    ...(needsAccount && (accountName ?? "") === "" ? [required("accountName")] : []),
  ];
}

/** The expression that the form holds for aliases, where it holds one: the one judge of aliases says whether this one fits. */
async function patternIssues({ provider, messaging }: Ground, alias: string, aliases: AliasBench, signal: AbortSignal): Promise<readonly Issue[]> {
  const field = provider.descriptor.fields.find(({ kind }) => kind === "pattern");
  if (field?.kind !== "pattern") return [];
  const { values } = messaging.configuration;
  const pattern = String(values[field.name] ?? "");
  // An empty one would match the empty alias alone.
  if (pattern === "") return [];
  const domain = field.domainField === undefined ? null : values[field.domainField];
  const most = values[field.maxLengthField];
  const answer = await aliases.evaluate(
    { pattern, maximumLength: typeof most === "number" ? most : null, domain: typeof domain === "string" ? domain : null, aliases: [alias] },
    signal,
  );
  if (!answer.ok) return [{ path: ["alias"], code: "alias-unanswered" }];
  const outcome = answer.value.verdicts[0]?.outcome ?? "unanswered";
  return outcome === "fits" ? [] : [{ path: ["alias"], code: `alias-${outcome}` }];
}

/** `objects` is the directory to be asked; null asks nobody. */
export async function planObject(
  ground: Ground,
  request: MailRequest,
  { aliases, servers, objects, signal }: { readonly aliases: AliasBench; readonly servers: AskedServers; readonly objects: DirectoryObjects | null; readonly signal: AbortSignal },
): Promise<Result<MailPlan>> {
  const { provisioning, connection } = ground;
  const issues = await requestIssues(ground, request, aliases, signal);
  const address = provisioning.address(request, connection);
  const told = new Set(issues.map(({ path }) => path[0]));
  const conflicts = objects === null ? succeed([]) : await objects.conflicts(request, address);
  if (!conflicts.ok) return conflicts;
  const mailPart = request.action === "disable" ? ("disable" as const) : ("enable" as const);
  const where = provisioning.via === "servers" ? ("servers" as const) : provisioning.via === "cloud" ? ("cloud" as const) : ("directory" as const);
  const isOneStep = provisioning.via === "attributes" && request.action === "create";
  const dn = request.action === "create" ? (objects?.nameOf(request) ?? null) : request.identity;
  const server = servers.order[0] ?? servers.last[0]?.name ?? null;
  return succeed({
    request,
    issues: [...issues, ...conflicts.value.filter(({ path }) => !told.has(path[0]))],
    steps: [
      ...(request.action === "create" ? [{ kind: "create" as const, where: provisioning.openObjects === null ? ("directory" as const) : ("cloud" as const) }] : []),
      ...(isOneStep ? [] : [{ kind: mailPart, where }]),
    ],
    dn,
    address: request.action === "disable" ? null : address,
    order: [...servers.order],
    last: servers.last.map(({ name }) => name),
    denied: [...servers.denied],
    byHand: [...provisioning.byHand(request, connection)],
    commands: [
      ...(request.action === "create" && provisioning.openObjects === null ? [directoryCommand(request, connection.kind === "active-directory" ? connection.domain : "", objects?.controller ?? null)] : []),
      provisioning.commands(request, { identity: dn, server, controller: objects?.controller ?? null }),
    ].filter((text) => text !== "").join("\n"),
  });
}

/** How an administrator makes the object with the ActiveDirectory module (Microsoft, "New-ADGroup", "New-ADUser", "New-ADObject"). */
function directoryCommand({ type, name, container, accountName }: MailRequest, domain: string, controller: string | null): string {
  const named = { Name: name, DisplayName: name };
  const place = { Path: container, Server: controller };
  if (type === "mail-contact") return powershellCommand("New-ADObject", { Type: "contact", Name: name, ...place });
  const account = { ...named, SamAccountName: accountName };
  if (!isUserType(type)) {
    const category = type === "security-group" ? "Security" : "Distribution";
    return powershellCommand("New-ADGroup", { ...account, GroupScope: "Universal", GroupCategory: category, ...place });
  }
  const principal = `${accountName ?? ""}@${domain}`;
  return powershellCommand("New-ADUser", { ...account, UserPrincipalName: principal, AccountPassword: { prompt: "AccountPassword" }, Enabled: true, ChangePasswordAtLogon: true, ...place });
}
