/** What carry-in probes said of servers, held against the servers of a configuration. */
import type { NotCompared, SeenServers } from "../model/comparison.ts";
import type { ProbedStore } from "../model/identity-store.ts";
import type { Probed, ServerEntry } from "../model/mail-server.ts";
import { seenIn } from "./drift.ts";
import { verdictOf } from "./health.ts";
import { isNamedAlone } from "./named-server.ts";

/** By server name. */
export type ProbeWords = ReadonlyMap<string, Probed>;

/** Whose words they are, and of when, in short; null for none. */
export function probedStore(words: readonly Probed[]): ProbedStore | null {
  const sorted = words.toSorted((one, other) => one.at - other.at);
  const [oldest, newest] = [sorted.at(0), sorted.at(-1)];
  if (oldest === undefined || newest === undefined) return null;
  return { source: newest.source, since: oldest.at, at: newest.at, sources: new Set(words.map(({ source }) => source)).size };
}

/** A directory that keeps the packed number alone does not know a build's last part. */
function isSameBuild(one: string | null, other: string): boolean {
  return one === other || (one !== null && (other.startsWith(`${one}.`) || one.startsWith(`${other}.`)));
}

/**
 * The entries as probes found them: build and roles of a server that one ran on. Which servers there are, and which of them are used, no
 * probe says: nothing comes into the list, leaves it, or vanishes.
 */
export function probedEntries(entries: readonly ServerEntry[], words: ProbeWords): ServerEntry[] {
  return entries.map((entry) => {
    const { build, roles } = words.get(entry.name) ?? { build: null, roles: [] };
    return build === null || isNamedAlone(entry) ? entry : { ...entry, build: isSameBuild(entry.build, build) ? entry.build : build, roles };
  });
}

/** The certificates that probes saw of the servers of a configuration. */
export function probedCertificates(entries: readonly ServerEntry[], words: ProbeWords): SeenServers {
  return Object.fromEntries(
    entries.flatMap(({ name }) => {
      const certificate = certificateIn(words.get(name));
      return certificate === null ? [] : [[name, { certificate, allowed: [], refused: [] }]];
    }),
  );
}

function certificateIn(probed: Probed | undefined) {
  return probed === undefined ? null : (seenIn(probed.result)?.certificate ?? null);
}

/** What of the servers the probes cannot be held against, and what of the probes against no server. `known`: null where certificates are not compared. */
export function probeDoubts(entries: readonly ServerEntry[], words: ProbeWords, known: SeenServers | null): NotCompared[] {
  const listed = new Set(entries.map(({ name }) => name));
  const others = [...words.keys()].filter((name) => !listed.has(name));
  return [...entries.flatMap((entry) => doubtsOf(entry, words.get(entry.name), known)), ...others.map((subject): NotCompared => ({ what: "probe-not-listed", subject, fault: null }))];
}

function doubtsOf({ name: subject, vanished, build, roles }: ServerEntry, probed: Probed | undefined, known: SeenServers | null): NotCompared[] {
  // Of a server that is gone from the directory nobody expects a probe.
  if (probed === undefined) return vanished ? [] : [{ what: "probe-none", subject, fault: null }];
  // What neither of them says, as of a cloud, is nothing to compare.
  const isSaid = build !== null || roles.length > 0;
  const doubts: NotCompared[] = isSaid && probed.build === null ? [{ what: "probe-elsewhere", subject, fault: null }] : [];
  if (known === null) return doubts;
  if (certificateIn(probed) === null) return [...doubts, { what: "probe-no-certificate", subject, fault: whyNone(probed) }];
  return known[subject]?.certificate == null ? [...doubts, { what: "probe-certificate-unknown", subject, fault: null }] : doubts;
}

function whyNone({ result }: Probed): NotCompared["fault"] {
  const verdict = verdictOf(result);
  return verdict.verdict === "down" ? verdict.reason : null;
}
