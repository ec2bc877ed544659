/** How the directory, the servers and the account's rights, as they were last seen, differ from what is saved. */
import type { RungName } from "../fault.ts";
import type { NotCompared, SeenServer, SeenServers, Sighting } from "../model/comparison.ts";
import type { Change } from "../model/draft.ts";
import type { Drift } from "../model/drift.ts";
import type { CheckResult, ServerEntry, ServerListing } from "../model/mail-server.ts";
import type { MessagingConfiguration, ProviderDescriptor } from "../model/messaging.ts";
import { change } from "./change.ts";
import { hasPassed } from "./health.ts";
import { isNamedAlone } from "./named-server.ts";
import { normalisePriorities } from "./priority.ts";
import { serverChanges } from "./server-changes.ts";

/** Rungs that say what the account may do. */
const RIGHTS: readonly RungName[] = ["certificate-sign-in", "secret-sign-in", "sign-in", "directory-search", "permissions", "role", "domain"];

/** Faults that are a refusal: everything else, such as a server that does not answer, says nothing of the account's rights. */
const REFUSALS: readonly string[] = ["forbidden", "sign-in"];

/** Whether the list of what was used to be there has shrunk to nothing, which may be anything but servers that are gone. */
function isNothingLeft(entries: readonly ServerEntry[], { servers }: ServerListing): boolean {
  return servers.length === 0 && entries.some(({ vanished }) => !vanished);
}

/**
 * The entries as the directory lists them now, with the ticks they have. What is missing is marked as vanished, where the list is whole
 * and not empty; unlike at Sync Again nothing leaves the list and nothing is ticked.
 */
export function listedNow(entries: readonly ServerEntry[], listing: ServerListing, servers: ProviderDescriptor["servers"]): ServerEntry[] {
  const found = new Map(listing.servers.map((server) => [server.name.toLowerCase(), server]));
  const known = new Set(entries.map(({ name }) => name.toLowerCase()));
  const isProof = listing.complete === true && !isNothingLeft(entries, listing);
  const kept = entries.flatMap((entry): ServerEntry[] => {
    const server = found.get(entry.name.toLowerCase());
    if (server !== undefined) return [{ ...(isNamedAlone(entry) ? entry : { ...entry, ...server }), vanished: false }];
    if (!isProof) return [entry];
    if (servers === "single") return [];
    return [isNamedAlone(entry) ? entry : { ...entry, vanished: true }];
  });
  const added = listing.servers.filter(({ name }) => !known.has(name.toLowerCase())).map((server): ServerEntry => ({ ...server, ticked: false, priority: null, vanished: false }));
  return normalisePriorities([...kept, ...added]);
}

/** What of a listing is no proof. */
export function listingDoubts(entries: readonly ServerEntry[], listing: ServerListing): NotCompared[] {
  if (isNothingLeft(entries, listing)) return [{ what: "no-server-listed", subject: null, fault: null }];
  return listing.complete === true ? [] : [{ what: "half-listed", subject: null, fault: null }];
}

/** What a check says of a server; null where it did not come far enough to see anything. */
export function seenIn({ rungs, certificateSha256, certificateExpiresAt }: CheckResult): SeenServer | null {
  const rights = rungs.filter(({ rung }) => RIGHTS.includes(rung));
  const allowed = rights.filter(hasPassed).map(({ rung }) => rung);
  const refused = rights.flatMap(({ rung, outcome }) => (outcome.state === "failed" && REFUSALS.includes(outcome.fault.kind) ? [rung] : []));
  const certificate = certificateSha256 === undefined ? null : { sha256: certificateSha256, expiresAt: certificateExpiresAt };
  return certificate === null && allowed.length === 0 && refused.length === 0 ? null : { certificate, allowed, refused };
}

/** Two sightings of a server as one: what the later one did not come to see is as it was. */
function seenSince(before: SeenServer | undefined, now: SeenServer): SeenServer {
  const isAbout = new Set([...now.allowed, ...now.refused]);
  const kept = (rungs: readonly RungName[]) => rungs.filter((rung) => !isAbout.has(rung));
  return {
    certificate: now.certificate ?? before?.certificate ?? null,
    allowed: [...kept(before?.allowed ?? []), ...now.allowed],
    refused: [...kept(before?.refused ?? []), ...now.refused],
  };
}

/** `before` with what was seen now. */
export function withSeen(before: SeenServers, now: SeenServers): SeenServers {
  return { ...before, ...Object.fromEntries(Object.entries(now).map(([name, seen]) => [name, seenSince(before[name], seen)])) };
}

/** What is known of servers, where it was not known yet: what is seen for the first time is no change. */
function knownWith(known: SeenServers, seen: SeenServers): SeenServers {
  return Object.fromEntries(
    Object.entries(seen).map(([name, now]) => {
      const before = known[name];
      if (before === undefined) return [name, now];
      const isJudged = new Set([...before.allowed, ...before.refused]);
      const fresh = (rungs: readonly RungName[]) => rungs.filter((rung) => !isJudged.has(rung));
      // A right that was refused from the beginning and is there now is one that can be lost from now on.
      const gained = before.refused.filter((rung) => now.allowed.includes(rung));
      return [
        name,
        {
          certificate: before.certificate ?? now.certificate,
          allowed: [...before.allowed, ...gained, ...fresh(now.allowed)],
          refused: [...before.refused.filter((rung) => !gained.includes(rung)), ...fresh(now.refused)],
        },
      ];
    }),
  );
}

/** The value that stands for a certificate: its fingerprint, and its last moment where that is known. */
function certificateValue(certificate: SeenServer["certificate"]): string | null {
  if (certificate === null) return null;
  return [certificate.sha256, ...(certificate.expiresAt === null ? [] : [new Date(certificate.expiresAt).toISOString()])].join(" ");
}

/** Certificates that are others, and rights that were there and are refused. */
export function seenChanges(provider: string, known: SeenServers, seen: SeenServers): Change[] {
  return Object.entries(seen).flatMap(([name, now]) => {
    const before = known[name];
    if (before === undefined) return [];
    const isOther = before.certificate !== null && now.certificate !== null && before.certificate.sha256 !== now.certificate.sha256;
    const lost = now.refused.filter((rung) => before.allowed.includes(rung));
    return [
      ...(isOther ? change(`servers.${name}.certificate`, certificateValue(before.certificate), certificateValue(now.certificate), provider) : []),
      ...lost.flatMap((rung) => change(`servers.${name}.right-${rung}`, "allowed", "refused", provider)),
    ];
  });
}

/** What was looked at just now. */
export interface Look extends Pick<Sighting, "at" | "revision" | "choice" | "listing"> {
  readonly servers: SeenServers;
}

/**
 * What is taken for granted of the servers of a revision. With a new one, or for another choice of provider, that is what was seen last:
 * whoever saves has it before their eyes.
 */
export function knownOf(before: Sighting | null, { choice, revision }: Pick<Sighting, "choice" | "revision">): SeenServers {
  const seenBefore = seenOf(before, choice);
  return before?.revision === revision && seenBefore === before.seen ? before.known : seenBefore;
}

function seenOf(before: Sighting | null, choice: Sighting["choice"]): SeenServers {
  const isSameChoice = before?.choice.provider === choice.provider && before.choice.variant === choice.variant;
  return isSameChoice ? before.seen : {};
}

/** The sighting after a look. */
export function sightingAfter(before: Sighting | null, { servers, ...look }: Look): Sighting {
  const known = knownOf(before, look);
  const seen = withSeen(seenOf(before, look.choice), servers);
  return { ...look, known: knownWith(known, seen), seen, told: before?.told ?? null };
}

/** The sighting with all that was seen of certificates and rights taken for granted. */
export function takenOver(sighting: Sighting): Sighting {
  return { ...sighting, known: sighting.seen };
}

/** Whether a sighting is about what a configuration names. */
function isAbout(configuration: MessagingConfiguration, { choice }: Sighting): boolean {
  return choice.provider === configuration.provider && choice.variant === configuration.variant;
}

/** What is saved in revision `revision`, held against what was seen last; null where nothing was seen of it. */
export function driftChanges(configuration: MessagingConfiguration, revision: number, descriptor: Pick<ProviderDescriptor, "servers">, sighting: Sighting): Change[] | null {
  if (!isAbout(configuration, sighting)) return null;
  const { provider, servers } = configuration;
  // What was seen before the newest save is taken for granted by it.
  const seen = sighting.revision === revision ? seenChanges(provider, sighting.known, sighting.seen) : [];
  return [...serverChanges(provider, servers, listedNow(servers, sighting.listing, descriptor.servers)), ...seen];
}

/** The same in numbers; null where nothing differs, or nothing was seen. */
export function driftOf(configuration: MessagingConfiguration, revision: number, descriptor: Pick<ProviderDescriptor, "servers">, sighting: Sighting): Drift | null {
  const changes = driftChanges(configuration, revision, descriptor, sighting);
  if (changes === null) return null;
  const { servers } = configuration;
  const noneListed = isNothingLeft(servers, sighting.listing);
  if (changes.length === 0 && !noneListed) return null;
  const now = new Map(listedNow(servers, sighting.listing, descriptor.servers).map((entry) => [entry.name, entry]));
  const count = (isCounted: (key: string) => boolean) => changes.filter(({ key }) => isCounted(key)).length;
  const other = new Set(changes.flatMap(({ key }) => (/\.(?:build|roles)$/.test(key) ? [key.replace(/\.(?:build|roles)$/, "")] : [])));
  return {
    at: sighting.at,
    vanished: servers.filter(({ name, vanished }) => !vanished && now.get(name)?.vanished !== false).length,
    returned: servers.filter(({ name, vanished }) => vanished && now.get(name)?.vanished === false).length,
    added: now.size - servers.filter(({ name }) => now.has(name)).length,
    changed: other.size,
    certificates: count((key) => key.endsWith(".certificate")),
    rights: count((key) => /\.right-[a-z-]+$/.test(key)),
    noneListed,
  };
}

/** What tells some differences from others. */
export function changesMark(changes: readonly Change[]): string {
  return JSON.stringify(changes.map(({ key, before, after }) => [key, before, after]));
}

/** What tells one drift from another one. */
export function driftMark(changes: readonly Change[], { noneListed }: Pick<Drift, "noneListed">): string {
  return JSON.stringify([noneListed, ...changes.map(({ key, before, after }) => [key, before, after])]);
}
