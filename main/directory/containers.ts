/** The places of a domain that may hold mail objects, level by level. */
import { fail, succeed, type Result } from "../../shared/fault.ts";
import type { Container } from "../../shared/model/mail-plan.ts";
import { gather } from "./gather.ts";
import type { DirectoryEntry, DirectorySession } from "./types.ts";

/**
 * Organisational units and plain containers; what only experts are shown (`System`, `Program Data`) and the containers of machines and
 * strangers, which every domain has under these names, are no place for mail objects.
 */
const NO_PLACE = ["Computers", "ForeignSecurityPrincipals", String.raw`Managed\20Service\20Accounts`, String.raw`Program\20Data`, "System", "Keys"].map((name) => `(!(cn=${name}))`).join("");
const FILTER = `(&(|(objectClass=organizationalUnit)(&(objectClass=container)(objectCategory=container)))(!(showInAdvancedViewOnly=TRUE))${NO_PLACE})`;

/** Looked into to see whether there is more below; beyond that it is taken for granted. */
const MOST_PROBED = 200;

const attributes = ["objectClass", "name"];

function kindOf(entry: DirectoryEntry): Container["kind"] {
  return (entry.attributes["objectclass"] ?? []).some((name) => name.toLowerCase() === "organizationalunit") ? "organizational-unit" : "container";
}

async function hasChildren(session: DirectorySession, dn: string): Promise<Result<boolean>> {
  const found = session.search({ base: dn, scope: "one", filter: FILTER, attributes: ["name"] });
  const first = await found.next();
  if (first.done === true) return first.value.ok ? succeed(false) : first.value;
  await found.return(succeed(true));
  return succeed(true);
}

/** The domain itself for null, else what lies right below; sorted by name. Fails with `object-refused: container-missing`. */
export async function listContainers(session: DirectorySession, domain: { readonly dn: string; readonly name: string }, parent: string | null): Promise<Result<readonly Container[]>> {
  if (parent === null) {
    const more = await hasChildren(session, domain.dn);
    return more.ok ? succeed([{ dn: domain.dn, name: domain.name, kind: "domain", hasChildren: more.value }]) : more;
  }
  const found = await gather(session.search({ base: parent, scope: "one", filter: FILTER, attributes }));
  if (!found.ok) return found.fault.kind === "not-found" ? fail({ kind: "object-refused", why: "container-missing", host: session.host }) : found;
  const containers: Container[] = [];
  const named = found.value.entries.map((entry) => ({ entry, name: entry.attributes["name"]?.[0] ?? entry.dn }));
  for (const [index, { entry, name }] of named.toSorted((a, b) => a.name.localeCompare(b.name)).entries()) {
    const more = index < MOST_PROBED ? await hasChildren(session, entry.dn) : succeed(true);
    if (!more.ok) return more;
    containers.push({ dn: entry.dn, name, kind: kindOf(entry), hasChildren: more.value });
  }
  return succeed(containers);
}
