/** The Exchange organisation as setup writes it into the configuration partition. */
import { serialNumberOf, versionNumberOf, type MailServer, type Organisation } from "../../main/practice/organisation.ts";
import type { Administrator } from "./administrator.ts";
import { CONFIGURATION_DN } from "./samba.ts";

const ROOT = `CN=Microsoft Exchange,CN=Services,${CONFIGURATION_DN}`;
const ORGANISATION = `CN=Contoso,${ROOT}`;
const GROUPS = `CN=Administrative Groups,${ORGANISATION}`;
const GROUP = `CN=Exchange Administrative Group (FYDIBOHF23SPDLT),${GROUPS}`;
export const SERVERS_DN = `CN=Servers,${GROUP}`;
const DATABASES_DN = `CN=Databases,${GROUP}`;

/** Adds the containers down to the one that holds the servers. */
export async function addOrganisation(administrator: Administrator): Promise<void> {
  await administrator.add(ROOT, { objectClass: "msExchConfigurationContainer" });
  await administrator.add(ORGANISATION, { objectClass: "msExchOrganizationContainer" });
  await administrator.add(GROUPS, { objectClass: "msExchAdminGroupContainer" });
  await administrator.add(GROUP, { objectClass: "msExchAdminGroup" });
  await administrator.add(SERVERS_DN, { objectClass: "msExchServersContainer" });
  // A mailbox names its database, which a directory takes only of one that is there; nobody asks for its class here.
  await administrator.add(DATABASES_DN, { objectClass: "container" });
  await administrator.add(`CN=Mailbox Database 1,${DATABASES_DN}`, { objectClass: "container" });
}

export function serverDn(server: MailServer): string {
  return `CN=${server.name},${SERVERS_DN}`;
}

/** Registers a server with the attributes a management tool reads. */
export async function addServer(administrator: Administrator, server: MailServer): Promise<void> {
  await administrator.add(serverDn(server), {
    objectClass: "msExchExchangeServer",
    serialNumber: serialNumberOf(server.version),
    versionNumber: String(versionNumberOf(server.version)),
    msExchCurrentServerRoles: String(server.roles),
    msExchServerSite: `CN=${server.site},CN=Sites,${CONFIGURATION_DN}`,
    networkAddress: ["netbios", "ncacn_np", "ncacn_spx", "ncalrpc", "ncacn_vns_spp"]
      .map((protocol) => `${protocol}:${server.name}`)
      .concat(`ncacn_ip_tcp:${server.host}`),
    legacyExchangeDN: `/o=Contoso/ou=Exchange Administrative Group (FYDIBOHF23SPDLT)/cn=Configuration/cn=Servers/cn=${server.name}`,
  });
}

/** Writes what changed in the organisation since the last call, one call after the other. */
export function createPublisher(administrator: Administrator, organisation: Organisation): () => Promise<void> {
  const written = new Map<string, MailServer>();
  let last: Promise<void> = Promise.resolve();
  const write = async () => {
    const standing = new Map(organisation.servers().map((server) => [server.host, server]));
    for (const [host, server] of written) {
      if (standing.get(host) === server) continue;
      await administrator.remove(serverDn(server));
      written.delete(host);
    }
    for (const [host, server] of standing) {
      if (written.has(host)) continue;
      await addServer(administrator, server);
      written.set(host, server);
    }
  };
  return () => {
    last = last.catch(() => undefined).then(write);
    return last;
  };
}
