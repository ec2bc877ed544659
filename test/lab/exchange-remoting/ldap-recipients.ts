/** Recipients in a real directory: Samba's, over LDAP with an administrator's rights, as Exchange's own servers write theirs. */
import { Attribute, Change, Client } from "ldapts";
import type { RecipientDirectory, RecipientEntry } from "../../../main/practice/exchange/recipient-directory.ts";
import { guidText } from "../../../main/practice/exchange/practice-recipients.ts";
import { ADMINISTRATOR, ADMINISTRATOR_PASSWORD, CONTROLLER, DOMAIN_DN } from "../samba.ts";

const octets: readonly string[] = ["objectguid", "objectsid", "msexchmailboxguid"];
const explicit = ["objectGUID", "objectSid", "msExchMailboxGuid"];

type Found = Awaited<ReturnType<Client["search"]>>["searchEntries"][number];

/** A value in a filter (RFC 4515, 3). */
function escaped(value: string): string {
  return [...Buffer.from(value, "utf8")].map((byte) => `\\${byte.toString(16).padStart(2, "0")}`).join("");
}

function bytes(value: string | Buffer): Buffer {
  return Buffer.isBuffer(value) ? value : Buffer.from(value, "latin1");
}

function recipient(found: Found): RecipientEntry {
  const { dn, ...all } = found;
  const values = new Map(Object.entries(all).map(([name, value]) => [name.toLowerCase(), (Array.isArray(value) ? value : [value]) as readonly (string | Buffer)[]]));
  return {
    dn,
    guid: guidText(bytes(values.get("objectguid")?.[0] ?? Buffer.alloc(16))),
    values: (attribute) => (values.get(attribute) ?? []).map((value) => (octets.includes(attribute) ? bytes(value).toString("base64") : value.toString())),
  };
}

export interface LdapRecipients extends RecipientDirectory {
  close(): Promise<void>;
}

/** At a controller on a loopback address; no other one has its objects. */
export async function ldapRecipients(address: string, authorityPem: string): Promise<LdapRecipients> {
  const client = new Client({ url: `ldaps://${address}`, tlsOptions: { ca: authorityPem, servername: CONTROLLER } });
  await client.bind(ADMINISTRATOR, ADMINISTRATOR_PASSWORD);
  const search = async (base: string, scope: "base" | "sub", filter: string) => {
    try {
      const { searchEntries } = await client.search(base, { scope, filter, attributes: ["*"], explicitBufferAttributes: explicit });
      return searchEntries.map(recipient);
    } catch (error) {
      // No such object, and what is no distinguished name at all.
      if (error instanceof Error && "code" in error && (error.code === 32 || error.code === 34)) return [];
      throw error;
    }
  };
  return {
    async find(identity, controller) {
      if (controller !== null && controller.toLowerCase() !== CONTROLLER) return null;
      const isGuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(identity);
      if (!isGuid && !identity.includes("=")) return null;
      const [found] = await search(isGuid ? `<GUID=${identity}>` : identity, "base", "(objectClass=*)");
      return found ?? null;
    },
    byAttribute: (name, value) => search(DOMAIN_DN, "sub", `(${name}=${escaped(value)})`),
    async write(dn, changes) {
      await client.modify(
        dn,
        Object.entries(changes).map(([type, values]) => new Change({ operation: "replace", modification: new Attribute({ type, values: values.map((value) => Buffer.from(value)) }) })),
      );
    },
    close: () => client.unbind(),
  };
}
