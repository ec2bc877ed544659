/** Sync Again over 1,002 Exchange servers of a Samba domain, sign-in and TLS included, beside ldapsearch doing the same. */
import { systemClock } from "../../main/hosts/shared/clock.ts";
import { createSystemResolver } from "../../main/network/system-resolver.ts";
import { ldapSearch } from "../integration/directory/ldapsearch.ts";
import { listExchange } from "../integration/directory/subject.ts";
import { startLab, type Lab } from "../lab/lab.ts";
import type { BenchResult } from "./main.ts";
import { inTurn, median } from "./paired-runs.ts";

const SERVERS = 1002;
const ROUNDS = 14;

async function ours(lab: Lab): Promise<number> {
  const site = { domain: lab.domain, resolver: createSystemResolver({ clock: systemClock }), dnsServer: lab.dnsServer };
  const started = performance.now();
  const listing = await listExchange(site, lab.authorityPem, lab.accounts.mail, "2016");
  const ms = performance.now() - started;
  if (!listing.ok || listing.value.servers.length !== SERVERS) throw new Error("servers are missing");
  return ms;
}

async function peer(lab: Lab): Promise<number> {
  const started = performance.now();
  const found = await ldapSearch({
    url: `ldaps://${lab.address}`,
    account: lab.accounts.mail,
    base: "CN=Microsoft Exchange,CN=Services,CN=Configuration,DC=contoso,DC=lab",
    filter: "(objectCategory=msExchExchangeServer)",
    attributes: ["cn", "networkAddress", "serialNumber", "versionNumber", "msExchCurrentServerRoles", "msExchServerSite"],
    page: 500,
  });
  const ms = performance.now() - started;
  if (found.entries.length < SERVERS) throw new Error("servers are missing");
  return ms;
}

/** Goal: at most 1.2 times ldapsearch. */
export async function run(): Promise<BenchResult> {
  const lab = await startLab({ frontEnds: false });
  try {
    await lab.addServers(SERVERS);
    const times = await inTurn(ROUNDS, () => ours(lab), () => peer(lab));
    const our = median(times.ours);
    const their = median(times.peer);
    const rounded = (value: number) => Math.round(value * 100) / 100;
    return { name: "discovery", ours_ms: rounded(our), peer: "ldapsearch", peer_ms: rounded(their), ratio: rounded(our / their) };
  } finally {
    await lab.dispose();
  }
}
