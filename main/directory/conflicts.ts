/** What the directory holds already that stands in the way of a request. */
import { succeed, type Issue, type Result } from "../../shared/fault.ts";
import type { MailRequest } from "../../shared/model/mail-object.ts";
import { escapeFilterValue } from "./distinguished-name.ts";
import { classOf, signInName } from "./new-entry.ts";
import type { DirectorySession } from "./types.ts";

/** Something that only one object may have: where a request says it, and the filter that finds who has it. */
interface Claim {
  readonly path: keyof MailRequest;
  readonly code: string;
  readonly filter: string;
}

function equal(attribute: string, value: string): string {
  return `(${attribute}=${escapeFilterValue(value)})`;
}

function claimsOf(request: MailRequest, address: string | null, domain: string): readonly Claim[] {
  const { action, type, alias, accountName, externalAddress } = request;
  const claims: Claim[] = [];
  if (action === "create" && accountName !== null && classOf(type) !== "contact") {
    claims.push({ path: "accountName", code: "account-name-taken", filter: equal("sAMAccountName", accountName) });
    const signIn = signInName(request, domain);
    if (signIn !== null) claims.push({ path: "accountName", code: "sign-in-name-taken", filter: equal("userPrincipalName", signIn) });
  }
  if (action === "disable") return claims;
  if (alias !== "") claims.push({ path: "alias", code: "alias-taken", filter: equal("mailNickname", alias) });
  // `proxyAddresses` holds every address there is (without case), `mail` what directories without Exchange show.
  if (address !== null) claims.push({ path: request.address === null ? "alias" : "address", code: "address-taken", filter: `(|${equal("proxyAddresses", `smtp:${address}`)}${equal("mail", address)})` });
  if (externalAddress !== null && (type === "mail-contact" || type === "mail-user")) {
    claims.push({ path: "externalAddress", code: "external-address-taken", filter: equal("proxyAddresses", `smtp:${externalAddress}`) });
  }
  return claims;
}

/** Whether an entry matches that is not the request's own object. */
async function isTaken(session: DirectorySession, base: string, filter: string, own: string | null): Promise<Result<boolean>> {
  const found = session.search({ base, filter, attributes: ["distinguishedName"] });
  for (;;) {
    const next = await found.next();
    if (next.done === true) return next.value.ok ? succeed(false) : next.value;
    if (next.value.every(({ dn }) => dn.toLowerCase() === own?.toLowerCase())) continue;
    await found.return(succeed(true));
    return succeed(true);
  }
}

interface Place {
  readonly session: DirectorySession;
  readonly domain: { readonly dn: string; readonly name: string };
  /** The name that a new object gets. */
  readonly dn: string;
}

/** Paths are a request's properties. What is taken is looked for in the controller's domain; other domains of the forest say so when it is written. */
export async function findConflicts({ session, domain, dn }: Place, request: MailRequest, address: string | null): Promise<Result<readonly Issue[]>> {
  const issues: Issue[] = [];
  const issue = (path: keyof MailRequest, code: string) => issues.push({ path: [path], code });
  const container = request.action === "create" ? request.container : null;
  if (container !== null) {
    const there = await session.read(container, ["objectClass"]);
    if (!there.ok) return there;
    if (there.value === null) issue("container", "container-missing");
  }
  const placed = await session.read(dn, ["objectClass"]);
  if (!placed.ok) return placed;
  if (request.action === "create" && placed.value !== null) issue("name", "object-name-taken");
  if (request.action !== "create" && placed.value === null) issue("identity", "object-missing");
  for (const { path, code, filter } of claimsOf(request, address, domain.name)) {
    const taken = await isTaken(session, domain.dn, filter, request.action === "create" ? null : (placed.value?.dn ?? dn));
    if (!taken.ok) return taken;
    if (taken.value) issue(path, code);
  }
  return succeed(issues);
}
