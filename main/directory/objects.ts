/** The objects of an Active Directory for whoever makes mail objects of them, all of it at one domain controller. */
import { fail, succeed, type Fault, type Result } from "../../shared/fault.ts";
import type { ActiveDirectoryConnection } from "../../shared/model/identity-store.ts";
import type { DirectoryObject, FoundObject, MailRequest } from "../../shared/model/mail-object.ts";
import { calledFirst, type Found } from "../../shared/rules/called-first.ts";
import { createTurns } from "../../shared/turns.ts";
import { findConflicts } from "./conflicts.ts";
import { listContainers } from "./containers.ts";
import { controllerName } from "./controllers.ts";
import { escapeFilterValue, escapeNameValue, guidOf, nameByGuid } from "./distinguished-name.ts";
import { foundAttributes, readFound } from "./found-object.ts";
import { createDirectoryGateway } from "./gateway.ts";
import { isMadeBy, nameIssues, newEntry } from "./new-entry.ts";
import type { DirectoryDeps } from "./operation.ts";
import type { DirectoryEntry, DirectoryObjects, DirectorySession } from "./types.ts";

/** Objects that a search shows. */
const MOST_FOUND = 50;
const identityAttributes = ["objectGUID", "objectClass", "groupType", "sAMAccountName"];

export interface ObjectsRequest {
  readonly username: string;
  readonly password: string;
  /** The one controller to go to; absent where any of the domain's will do. */
  readonly controller?: string;
  readonly signal: AbortSignal;
}

/** Signs in to a controller of the store's domain, and stays with it. Fails as opening a directory does. */
export async function openObjects(connection: ActiveDirectoryConnection, request: ObjectsRequest, deps: DirectoryDeps): Promise<Result<DirectoryObjects>> {
  const opened = await createDirectoryGateway(connection, deps).open({ domain: connection.domain, ...request });
  if (!opened.ok) return opened;
  const session = opened.value;
  const dn = session.rootDse["defaultnamingcontext"]?.[0];
  if (dn === undefined) {
    await session.close();
    return fail({ kind: "unsupported", why: "other-directory" });
  }
  const domain = { dn, name: connection.domain.trim().replace(/\.$/, "").toLowerCase() };
  return succeed(createDirectoryObjects({ session, domain, controller: request.controller ?? controllerName(connection, session.host), encrypted: connection.security !== "none" }));
}

interface Place {
  readonly session: DirectorySession;
  /** The domain's distinguished name and its DNS name. */
  readonly domain: { readonly dn: string; readonly name: string };
  readonly controller: string;
  /** Whether what is sent cannot be read on the way. */
  readonly encrypted: boolean;
}

function createDirectoryObjects(place: Place): DirectoryObjects {
  const { session, domain, controller } = place;
  // A session answers one question at a time.
  const inTurn = createTurns();
  const nameOf = (request: MailRequest) => (request.action === "create" || request.identity === null ? newName(request, domain.dn) : request.identity);
  return {
    controller,
    nameOf,
    containers: (parent) => inTurn(() => listContainers(session, domain, parent)),
    find: (text) => inTurn(() => calledFirst(MOST_FOUND, { begins: () => searchObjects(place, filterOf(text, "*")), called: () => searchObjects(place, filterOf(text, "")) })),
    called: (text) => inTurn(() => searchObjects(place, filterOf(text, ""))),
    conflicts: (request, address) =>
      inTurn(async () => {
        const issues = request.action === "create" ? nameIssues(request) : [];
        const found = await findConflicts({ session, domain, dn: nameOf(request) }, request, address);
        return found.ok ? succeed([...issues, ...found.value]) : found;
      }),
    create: (request, details) => inTurn(() => create(place, request, details)),
    locate: (request) =>
      inTurn(async () => {
        const found = await session.read(newName(request, domain.dn), identityAttributes);
        if (!found.ok) return found;
        return succeed(found.value === null || !isMadeBy(found.value, request) ? null : objectOf(found.value, controller));
      }),
    read: (object, attributes) => inTurn(() => readObject(session, object, attributes)),
    modify: (object, changes) =>
      inTurn(async () => {
        const found = await readObject(session, object, []);
        if (!found.ok) return found;
        if (found.value === null) return fail({ kind: "object-refused", why: "object-missing", host: session.host });
        return session.modify(found.value.dn, changes);
      }),
    remove: (object) =>
      inTurn(async () => {
        const found = await readObject(session, object, []);
        if (!found.ok) return found;
        const removed = found.value === null ? succeed(null) : await session.remove(found.value.dn);
        const gone = !removed.ok && removed.fault.kind === "object-refused" && removed.fault.why === "object-missing";
        return gone ? succeed(null) : removed;
      }),
    close: () => session.close(),
  };
}

/** Where a request names no container, new objects go where the domain's own tools put them. */
function newName({ name, container }: MailRequest, domain: string): string {
  return `CN=${escapeNameValue(name)},${container ?? `CN=Users,${domain}`}`;
}

function objectOf({ dn, attributes }: DirectoryEntry, controller: string): DirectoryObject {
  return { identity: dn, guid: guidOf(attributes["objectguid"]?.[0]), controller };
}

async function create({ session, domain, controller, encrypted }: Place, request: MailRequest, details: Parameters<DirectoryObjects["create"]>[1]): Promise<Result<DirectoryObject>> {
  // A controller refuses it, but only after it was sent for everybody to read.
  if (details.password !== null && !encrypted) return fail({ kind: "object-refused", why: "password-needs-encryption", host: session.host });
  const attributes = newEntry(request, domain.name, details);
  if (!attributes.ok) return attributes;
  const dn = newName(request, domain.dn);
  const added = await session.add(dn, attributes.value);
  if (!added.ok) return (await isAccountTaken(session, domain, request, dn, added.fault)) ? fail({ ...added.fault, kind: "object-refused", why: "account-name-taken" }) : added;
  const made = await session.read(dn, identityAttributes);
  // It was made, whatever is told of it: an account may be allowed to make what it may not read.
  return succeed(made.ok && made.value !== null ? objectOf(made.value, controller) : { identity: dn, guid: null, controller });
}

/** Not every directory's refusal tells the object's name from the account's, which is unique in the whole domain: a look does. */
async function isAccountTaken(session: DirectorySession, domain: Place["domain"], request: MailRequest, dn: string, fault: Fault): Promise<boolean> {
  if (fault.kind !== "object-refused" || (fault.why !== "name-taken" && fault.why !== "value-not-allowed")) return false;
  const found = await findConflicts({ session, domain, dn }, { ...request, alias: "", externalAddress: null }, null);
  return found.ok && found.value.every(({ path }) => path[0] !== "name") && found.value.some(({ path }) => path[0] === "accountName");
}

/** The object with the identity's GUID, where it is now; without a GUID the one of that name. */
async function readObject(session: DirectorySession, { identity, guid }: DirectoryObject, attributes: readonly string[]): Promise<Result<DirectoryEntry | null>> {
  const named = await session.read(identity, [...attributes, "objectGUID"]);
  if (!named.ok || guid === null) return named;
  if (named.value !== null && guidOf(named.value.attributes["objectguid"]?.[0]) === guid) return named;
  return session.read(nameByGuid(guid), [...attributes, "objectGUID"]);
}

const searchedNames = ["cn", "name", "displayName", "sAMAccountName", "userPrincipalName", "mail", "mailNickname"];

/** As Active Directory's own "ambiguous name resolution" does, with aliases and addresses: what begins so, or what is called so. */
function filterOf(text: string, end: "" | "*"): string {
  const value = escapeFilterValue(text);
  const names = searchedNames.map((attribute) => `(${attribute}=${value}${end})`);
  const isName = /^[a-z]+=.+,\s*dc=/i.test(text) ? [`(distinguishedName=${value})`] : [];
  return `(&(|(objectClass=group)(objectClass=user)(objectClass=contact))(|${names.join("")}(proxyAddresses=smtp:${value})${isName.join("")}))`;
}

async function searchObjects({ session, domain, controller }: Place, filter: string): Promise<Found> {
  const found = session.search({ base: domain.dn, filter, attributes: foundAttributes });
  const objects: FoundObject[] = [];
  for (;;) {
    const next = await found.next();
    if (next.done === true) return next.value.ok ? succeed({ objects, more: next.value.value !== true && next.value.value !== "elsewhere" }) : next.value;
    objects.push(...next.value.map((entry) => readFound(entry, controller)));
    if (objects.length <= MOST_FOUND) continue;
    await found.return(succeed("size-limit"));
    return succeed({ objects: objects.slice(0, MOST_FOUND), more: true });
  }
}
