/** The lab's own hand on its directory: accounts, Exchange objects and DNS records through LDAP as the administrator. */
import { Attribute, Change, Client } from "ldapts";
import { ADMINISTRATOR, ADMINISTRATOR_PASSWORD, DOMAIN_DN, REALM } from "./samba.ts";

export interface Administrator {
  add(dn: string, attributes: Readonly<Record<string, string | readonly string[]>>): Promise<void>;
  replace(dn: string, attribute: string, values: readonly (string | Buffer)[]): Promise<void>;
  remove(dn: string): Promise<void>;
  /** Sets a password through `unicodePwd` (MS-ADTS 3.1.1.3.1.5): the quoted text in UTF-16. */
  setPassword(dn: string, password: string): Promise<void>;
  addMember(group: string, member: string): Promise<void>;
  removeMember(group: string, member: string): Promise<void>;
  /** Makes `name` (a label, `@` or `*`) of the domain's zone resolve to an address. */
  resolve(name: string, address: string): Promise<void>;
  /** Takes a name out of the domain's zone. */
  forget(name: string): Promise<void>;
  /** Replaces one address by another in every address record. */
  moveRecords(from: string, to: string): Promise<void>;
  close(): Promise<void>;
}

const zones = [
  `DC=${REALM},CN=MicrosoftDNS,DC=DomainDnsZones,${DOMAIN_DN}`,
  `DC=_msdcs.${REALM},CN=MicrosoftDNS,DC=ForestDnsZones,${DOMAIN_DN}`,
] as const;
const TYPE_A = 1;
const TYPE_AAAA = 28;
const RECORD_HEADER = 24;
const RANK_ZONE = 240;
const RECORD_SECONDS = 60;

/** A DNS_RPC_RECORD of the directory (MS-DNSP 2.3.2.2) that holds an IPv4 address. */
export function addressRecord(address: string): Buffer {
  const record = Buffer.alloc(RECORD_HEADER + 4);
  record.writeUInt16LE(4, 0);
  record.writeUInt16LE(TYPE_A, 2);
  record.writeUInt8(5, 4);
  record.writeUInt8(RANK_ZONE, 5);
  record.writeUInt32LE(1, 8);
  record.writeUInt32BE(RECORD_SECONDS, 12);
  Buffer.from(address.split(".").map(Number)).copy(record, RECORD_HEADER);
  return record;
}

/**
 * Signs in over LDAPS at the given address, and again after the directory was restarted. The certificate is not judged:
 * it is the lab that makes it wrong on purpose.
 */
export async function signInAsAdministrator(address: string): Promise<Administrator> {
  const client = new Client({ url: `ldaps://${address}:636`, timeout: 60_000, connectTimeout: 10_000, autoRebind: true, tlsOptions: { rejectUnauthorized: false } });
  await client.bind(ADMINISTRATOR, ADMINISTRATOR_PASSWORD);
  const replace = async (dn: string, type: string, values: readonly (string | Buffer)[]) => {
    const bytes = values.map((value) => (typeof value === "string" ? Buffer.from(value) : value));
    await client.modify(dn, new Change({ operation: "replace", modification: new Attribute({ type, values: bytes }) }));
  };
  const changeMember = (operation: "add" | "delete", group: string, member: string) =>
    client.modify(group, new Change({ operation, modification: new Attribute({ type: "member", values: [member] }) }));
  const addRecord = async (dn: string, record: Buffer) => {
    await client.add(dn, [new Attribute({ type: "objectClass", values: ["top", "dnsNode"] }), new Attribute({ type: "dnsRecord", values: [record] })]);
  };
  return {
    replace,
    add: (dn, attributes) => client.add(dn, Object.fromEntries(Object.entries(attributes).map(([name, value]) => [name, [value].flat()]))),
    remove: (dn) => client.del(dn),
    setPassword: (dn, password) => replace(dn, "unicodePwd", [Buffer.from(`"${password}"`, "utf16le")]),
    addMember: (group, member) => changeMember("add", group, member),
    removeMember: (group, member) => changeMember("delete", group, member),
    resolve: async (name, target) => {
      const dn = `DC=${name},${zones[0]}`;
      await client.del(dn).catch(() => undefined);
      await addRecord(dn, addressRecord(target));
    },
    forget: (name) => client.del(`DC=${name},${zones[0]}`),
    moveRecords: async (from, to) => {
      const old = addressRecord(from).subarray(RECORD_HEADER);
      for (const zone of zones) {
        const { searchEntries } = await client.search(zone, { filter: "(objectClass=dnsNode)", attributes: ["dnsRecord"], explicitBufferAttributes: ["dnsRecord"] });
        for (const entry of searchEntries) {
          const records = [entry["dnsRecord"] ?? []].flat().map((record) => (Buffer.isBuffer(record) ? record : Buffer.from(record)));
          // The machine's own IPv6 address got into the template; the lab listens on IPv4 only.
          const kept = records.filter((record) => record.readUInt16LE(2) !== TYPE_AAAA);
          const moved = kept.map((record) => (record.readUInt16LE(2) === TYPE_A && record.subarray(RECORD_HEADER).equals(old) ? addressRecord(to) : record));
          if (moved.length < records.length || moved.some((record, index) => record !== kept[index])) await replace(entry.dn, "dnsRecord", moved);
        }
      }
    },
    close: () => client.unbind(),
  };
}
