/** Sync Again over 1,002 Exchange servers of a Samba domain, sign-in and TLS included, beside ldapsearch doing the same. */
import { createSystemResolver } from "../../main/network/system-resolver.ts";
import { ldapSearch } from "../integration/directory/ldapsearch.ts";
import { listExchange } from "../integration/directory/subject.ts";
import { startLab, type Lab } from "../lab/lab.ts";
import type { BenchResult } from "./main.ts";

const SERVERS = 1002;
const ROUNDS = 9;

/** Milliseconds of one run of each, taken in turn so that both meet the same machine. */
async function measure(lab: Lab): Promise<{ readonly ours: number; readonly peer: number }> {
  const site = { domain: lab.domain, resolver: createSystemResolver(), dnsServer: lab.dnsServer };
  const started = performance.now();
  const listing = await listExchange(site, lab.authorityPem, lab.accounts.mail, "2016");
  const between = performance.now();
  const theirs = await ldapSearch({
    url: `ldaps://${lab.address}`,
    account: lab.accounts.mail,
    base: "CN=Microsoft Exchange,CN=Services,CN=Configuration,DC=contoso,DC=lab",
    filter: "(objectCategory=msExchExchangeServer)",
    attributes: ["cn", "networkAddress", "serialNumber", "versionNumber", "msExchCurrentServerRoles", "msExchServerSite"],
    page: 500,
  });
  const ended = performance.now();
  if (!listing.ok || listing.value.servers.length !== SERVERS || theirs.entries.length < SERVERS) throw new Error("servers are missing");
  return { ours: between - started, peer: ended - between };
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

/** Goal: at most 1.2 times ldapsearch. */
export async function run(): Promise<BenchResult> {
  const lab = await startLab({ frontEnds: false });
  try {
    await lab.addServers(SERVERS);
    await measure(lab);
    const rounds: { readonly ours: number; readonly peer: number }[] = [];
    for (let round = 0; round < ROUNDS; round += 1) rounds.push(await measure(lab));
    const ours = median(rounds.map((round) => round.ours));
    const peer = median(rounds.map((round) => round.peer));
    const rounded = (value: number) => Math.round(value * 100) / 100;
    return { name: "discovery", ours_ms: rounded(ours), peer: "ldapsearch", peer_ms: rounded(peer), ratio: rounded(ours / peer) };
  } finally {
    await lab.dispose();
  }
}
