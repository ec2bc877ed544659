/** A signed-in connection. */
import { UnbindRequest } from "ldapts";
import { fail, succeed, type Fault, type Result } from "../../shared/fault.ts";
import { readBase, readOne, runWhole, searchPages, type SearchContext } from "./search.ts";
import { createSyntaxes } from "./syntaxes.ts";
import type { DirectorySession } from "./types.ts";
import type { Wire } from "./wire.ts";
import { createWrites } from "./writes.ts";

type RootDse = DirectorySession["rootDse"];

/** What providers need to find their way, and what tells one kind of directory from another. */
export const rootDseAttributes: readonly string[] = [
  "configurationNamingContext",
  "defaultNamingContext",
  "rootDomainNamingContext",
  "schemaNamingContext",
  "namingContexts",
  "dnsHostName",
  "domainFunctionality",
  "forestFunctionality",
  "supportedCapabilities",
  "vendorName",
];

/** MS-ADTS 3.1.1.3.4.3: Active Directory says 800 of itself, a Lightweight Directory Services instance 1851. */
const ACTIVE_DIRECTORY = "1.2.840.113556.1.4.800";
const LIGHTWEIGHT = "1.2.840.113556.1.4.1851";

/** What is wrong with a directory that is not a domain's. Null for an Active Directory, and for one that says nothing. */
export function otherDirectory(rootDse: RootDse): Fault | null {
  const capabilities = rootDse["supportedcapabilities"] ?? [];
  if (capabilities.includes(LIGHTWEIGHT)) return { kind: "unsupported", why: "lightweight-directory" };
  if (capabilities.includes(ACTIVE_DIRECTORY) || Object.keys(rootDse).length === 0) return null;
  const detail = rootDse["vendorname"]?.[0] ?? rootDse["namingcontexts"]?.[0];
  return { kind: "unsupported", why: "other-directory", ...(detail === undefined ? {} : { detail }) };
}

/** Reads the rootDSE and hands back the session. */
export async function openSession(context: SearchContext): Promise<Result<DirectorySession>> {
  const read = await readBase(context, "", rootDseAttributes, { isBinary: () => false });
  if (!read.ok) return read;
  const rootDse = read.value?.entry.attributes ?? {};
  const other = otherDirectory(rootDse);
  if (other !== null) return fail(other);
  const schema = rootDse["schemanamingcontext"]?.[0] ?? null;
  const syntaxes = createSyntaxes(schema, (make) => runWhole(context, schema ?? "", make));
  return succeed({
    host: context.host,
    rootDse,
    search: (search) => searchPages(context, syntaxes, search),
    read: (dn, attributes) => readOne(context, syntaxes, dn, attributes),
    ...createWrites(context),
    close: () => close(context.wire),
  });
}

/** Says goodbye, and waits for nobody. */
export function close({ socket, tell }: Wire): Promise<void> {
  tell((messageId) => new UnbindRequest({ messageId }));
  socket.destroySoon();
  return Promise.resolve();
}
