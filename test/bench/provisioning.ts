/**
 * A thousand groups made and mail-enabled by a whole run of the console, with journal and all, through PowerShell's real remoting: with one
 * of two servers down beside one server alone, and with both up beside the bare cmdlet in one PowerShell session. Every run has a practice
 * organisation of its own, so that each meets an empty directory.
 *
 * The peer does the same work: it makes the groups too, by bare LDAP in one connection, and starts one PowerShell with one session, as
 * the console does. It reads nothing back, checks nothing, keeps no journal. The servers answer at once, where Exchange takes a good part of a
 * second for a cmdlet: what the console adds weighs here many times what it weighs there.
 */
import type { PracticeOrganisation } from "../../main/practice/index.ts";
import { powershellHere } from "../lab/dotnet.ts";
import { remotingLab } from "../lab/exchange-remoting/remoting-lab.ts";
import { EXA, EXB, GROUPS, options, practiceSite, type PracticeSite } from "../integration/mail-objects/practice-site.ts";
import { take } from "../unit/main/store/support.ts";
import type { BenchResult } from "./main.ts";
import { median } from "./paired-runs.ts";
import { provisionBare } from "./provisioning-peer.ts";

const GROUPS_MADE = 1_000;
/** Of each; an uneven number. */
const ROUNDS = 3;
const WARM_UP = 20;
const CONTROLLER = "dc1.contoso.lab";

const namesOf = (count: number) => Array.from({ length: count }, (_none, index) => `Bench ${index + 1}`);

async function remotingOf(practice: PracticeOrganisation) {
  if (powershellHere === null) throw new Error("PowerShell is not on this machine; `npm test integration` installs it where the .NET SDK is.");
  return remotingLab(powershellHere.executable, practice.remoting.environment ?? {});
}

/** Milliseconds of `work` on a fresh site. A command's host: nobody checks in the background that EXB is down, so that it is asked. */
async function timedOn(servers: readonly string[], down: readonly string[], work: (site: PracticeSite) => Promise<void>): Promise<number> {
  const site = await practiceSite({ servers, remotingOf, host: "command-line" });
  try {
    for (const name of down) await site.set(name, "down");
    const start = performance.now();
    await work(site);
    return performance.now() - start;
  } finally {
    await site.stop();
  }
}

async function provision({ app, storeId }: PracticeSite, count: number): Promise<void> {
  const { mailBatches, files } = app.services;
  const { file } = take(files.hold("groups.csv", Buffer.from(`name\n${namesOf(count).join("\n")}\n`), "mail-objects"));
  const { batch } = take(await mailBatches.read({ storeId, file, mapping: null, container: GROUPS, ask: false }, options()));
  const { counts } = take(await mailBatches.apply({ storeId, batch, password: null }, options()));
  if (counts["done"] !== count) throw new Error(`not all groups were done: ${JSON.stringify(counts)}`);
}

async function bare({ practice, ports }: PracticeSite, count: number): Promise<void> {
  const { resolver } = practice;
  const [endpoint] = take(await resolver.connectTo(CONTROLLER, 636, { server: null, signal: new AbortController().signal }));
  const { username, password } = practice.port.facts();
  const account = { username, password };
  if (endpoint === undefined || ports.remoting === null) throw new Error("there is no way to the practice organisation");
  await provisionBare({ ...account, remoting: ports.remoting, server: EXB, port: endpoint.port, controller: CONTROLLER, authority: resolver.authorities.join("\n"), container: GROUPS }, namesOf(count));
}

const kinds = {
  oneDown: (count: number) => timedOn([EXB, EXA], ["exb"], (site) => provision(site, count)),
  oneAlone: (count: number) => timedOn([EXA], [], (site) => provision(site, count)),
  bothUp: (count: number) => timedOn([EXB, EXA], [], (site) => provision(site, count)),
  bare: (count: number) => timedOn([EXB, EXA], [], (site) => bare(site, count)),
};
type Kind = keyof typeof kinds;

/** Goals: 1.1 for one of two servers down, 1.5 beside the bare cmdlets. */
export async function run(): Promise<BenchResult> {
  const names: readonly Kind[] = ["oneDown", "oneAlone", "bothUp", "bare"];
  const took: Record<Kind, number[]> = { oneDown: [], oneAlone: [], bothUp: [], bare: [] };
  for (const name of names) await kinds[name](WARM_UP);
  // In both orders in turn, so that all meet the same machine.
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const name of round % 2 === 0 ? names : names.toReversed()) took[name].push(await kinds[name](GROUPS_MADE));
  }
  const [down, alone, both, peer] = [median(took.oneDown), median(took.oneAlone), median(took.bothUp), median(took.bare)];
  const rounded = (value: number) => Math.round(value * 100) / 100;
  return {
    name: "provisioning",
    ours_ms: rounded(both),
    peer: "bare LDAP, then Enable-DistributionGroup in one PowerShell session",
    peer_ms: rounded(peer),
    ratio: rounded(both / peer),
    more: { groups: GROUPS_MADE, one_down_ms: rounded(down), one_server_ms: rounded(alone), one_down_ratio: rounded(down / alone) },
  };
}
