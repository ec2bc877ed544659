import type { EditedRoom } from "../edit.ts";

const rule = (name: string) => [`test/unit/shared/rules/${name}.test.ts`];

/** Faults of `shared`. */
export const shared: EditedRoom = {
  tests: ["test/unit/shared"],
  edits: [
    { file: "shared/rules/probed.ts", find: "return looks === looked ? word.at > before.at : looks;", replace: "return word.at > before.at;", promise: "a probe that could not look takes the place of none that could", kind: "lost", tests: rule("probed") },
    { file: "shared/rules/probed.ts", find: "!result.rungs.some(couldNotLook) ? \"down\" : \"unknown\"", replace: "true ? \"down\" : \"unknown\"", promise: "a server that a probe's computer could not look at is not called Offline", kind: "told", tests: rule("probed") },
    { file: "shared/rules/probed.ts", find: "(lastCheckAt ?? 0) > probed.at && hasMet(lastCheck) ? null : probed", replace: "probed", promise: "a check that met the server takes the place of a probe's older word", kind: "told", tests: ["test/unit/shared/rules/probed.test.ts"] },
    { file: "shared/rules/lending.ts", find: "if (after.security === \"none\") return \"security\";", replace: "", promise: "a secret is not lent to a connection without protection", kind: "leaked", tests: rule("lending") },
    { file: "shared/rules/lending.ts", find: "return before.trust === after.trust ? null : \"trust\";", replace: "return null;", promise: "a secret is not lent to another trust", kind: "leaked", tests: rule("lending") },
    { file: "shared/rules/lending.ts", find: "if (before.dnsServer !== after.dnsServer) return \"dns-server\";", replace: "", promise: "a secret is not lent where another DNS server names the hosts", kind: "leaked", tests: rule("lending") },
    { file: "shared/rules/lending.ts", find: "storedFor.target.join(\"\\n\") !== asked.target.join(\"\\n\") ||", replace: "", promise: "a secret is not lent to another domain or tenant", kind: "leaked", tests: rule("lending") },
    { file: "shared/rules/store-changes.ts", find: "    security: connection.security,\n", replace: "", promise: "a change from LDAPS to none is in the history", kind: "told", tests: rule("changes") },
    { file: "shared/rules/store-changes.ts", find: "    ...otherFile(before?.connection ?? null, after.connection),\n", replace: "", promise: "another authority of the same file name is in the history", kind: "told", tests: rule("changes") },
    { file: "shared/rules/listing.ts", find: "if (listing.complete !== true) return [entry];", replace: "", promise: "a listing that was cut short makes nothing vanish", kind: "lost", tests: rule("listing") },
    { file: "shared/rules/subscription.ts", find: "state === \"enabled\" || state === \"warning\" ? ownedSeats(seats) - seats.used : 0", replace: "ownedSeats(seats) + seats.suspended - seats.used", promise: "suspended seats are not called free", kind: "told", tests: rule("subscription") },
    { file: "shared/rules/subscription.ts", find: "isForUsers && state !== \"disabled\" && MAILBOX_PLANS.has(name)", replace: "name.startsWith(\"EXCHANGE_S\") && isForUsers && state !== \"disabled\"", promise: "a product without a mailbox is not said to bring one", kind: "told", tests: rule("subscription") },
    { file: "shared/rules/listing.ts", find: "return [{ ...entry, ...server, vanished: false }];", replace: "return [{ ...server, ticked: false, priority: null, vanished: false }];", promise: "a listing keeps ticks and priorities", kind: "lost", tests: rule("listing") },
    { file: "shared/rules/drift.ts", find: "if (!isProof) return [entry];", replace: "", promise: "a directory that says half or nothing makes no server vanish", kind: "lost", tests: rule("drift") },
    { file: "shared/rules/drift.ts", find: "listing.complete === true && !isNothingLeft(entries, listing)", replace: "listing.complete === true", promise: "a list that shrank to nothing is told as that, and of no server", kind: "told", tests: rule("drift") },
    { file: "shared/rules/drift.ts", find: "allowed: [...before.allowed, ...gained, ...fresh(now.allowed)],", replace: "allowed: [...before.allowed, ...fresh(now.allowed)],", promise: "a right that was gained can be lost", kind: "told", tests: rule("drift") },
    { file: "shared/rules/drift.ts", find: "REFUSALS.includes(outcome.fault.kind) ? [rung] : []", replace: "REFUSALS.length > 0 ? [rung] : []", promise: "a server that does not answer is no right lost", kind: "told", tests: rule("drift") },
    { file: "shared/rules/drift.ts", find: "before?.revision === revision && seenBefore === before.seen ? before.known", replace: "before !== null && seenBefore === before.seen ? before.known", promise: "a save takes for granted what was seen before it", kind: "told", tests: rule("drift") },
    { file: "shared/rules/probe-side.ts", find: "if (probed === undefined) return vanished ? [] : [{ what: \"probe-none\", subject, fault: null }];", replace: "if (probed === undefined) return [];", promise: "a server that no probe was made of is said to be not compared", kind: "told", tests: ["test/unit/main/services/comparison-probe.test.ts"] },
    { file: "shared/rules/probe-side.ts", find: "isSameBuild(entry.build, build) ? entry.build : build", replace: "build", promise: "a build whose last part the directory does not know is no other one", kind: "told", tests: rule("probe-side") },
    { file: "shared/rules/comparing.ts", find: "return [...forth, ...back.map(mirrored).filter(({ provider, key }) => !said.has(draftKey(provider, key)))];", replace: "return [...forth];", promise: "exchanging the sides of a comparison loses no difference", kind: "told", tests: rule("comparing") },
    { file: "shared/rules/health.ts", find: "if (networkAway) return { verdict: \"unknown\", why: \"no-network\" };", replace: "", promise: "a network that is away takes no server down", kind: "told", tests: rule("health") },
    { file: "shared/rules/health.ts", find: "return recovering >= RISE ? online(verdict, at) :", replace: "return recovering >= 1 ? online(verdict, at) :", promise: "a server is back when it was seen twice", kind: "told", tests: rule("health") },
    { file: "shared/rules/failover.ts", find: "lastKnown(current) !== \"offline\"", replace: "current.state !== \"offline\"", promise: "a server that was last seen offline goes last until it is seen again", kind: "told", tests: rule("failover") },
    { file: "shared/rules/pace.ts", find: "if (kept.waitUntil !== null) return elapsed >= kept.waitUntil;", replace: "", promise: "a far side that asked to be left alone is", kind: "other", tests: rule("pace") },
    { file: "shared/rules/proxy-address.ts", find: "if (text.includes(\"@\")) return \"proxy-credentials\";", replace: "", promise: "credentials of a proxy do not come into the settings", kind: "leaked", tests: rule("proxy-address") },
    { file: "shared/rules/expiry.ts", find: "if (at <= now) return null;", replace: "", promise: "what has ended is not told of as what will", kind: "told", tests: rule("expiry") },
    { file: "shared/rules/priority.ts", find: "return rank(entries, known && !names.includes(name) ? [...names, name] : names);", replace: "return rank(entries, known ? [name, ...names] : names);", promise: "a tick takes nobody's priority", kind: "lost", tests: rule("priority") },
    { file: "shared/rules/three-way.ts", find: "apart: between.filter(({ key }) => byMe.has(key) && byThem.has(key)),", replace: "apart: [],", promise: "what two changed apart is asked about", kind: "lost", tests: rule("three-way") },
    { file: "shared/rules/three-way.ts", find: "byThem.has(key) && !byMe.has(key) ? [key] : []", replace: "[]", promise: "what only the other one changed stands", kind: "lost", tests: rule("three-way") },
    { file: "shared/rules/whole-snapshots.ts", find: "    if (expected !== null && sequence !== expected) return;\n", replace: "", promise: "a feed of which something is missing is not gone on with", kind: "told", tests: rule("whole-snapshots") },
    { file: "shared/turns.ts", find: "last = mine.catch(() => undefined);", replace: "last = mine;", promise: "a job that failed holds up none behind it", kind: "lost", tests: ["test/unit/shared/turns.test.ts"] },
    { file: "shared/sending.ts", find: "    if (!taken.ok) return taken;\n", replace: "", promise: "a file of which a part was refused is not called sent", kind: "lost", tests: ["test/unit/renderer/host/send-file.test.ts"] },
  ],
};
