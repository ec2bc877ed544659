/**
 * Signed revisions. Each is signed by the console that saved it, over its content and the seal before, so that nobody with the
 * database in hand changes, replaces, takes away or brings back one unseen. What does not agree is not used.
 */
import { fail, succeed, type Fault, type Result } from "../../../shared/fault.ts";
import type { Row } from "../columns.ts";
import type { RevisionEntry, RevisionRow } from "../revision-rows.ts";
import type { Steps } from "../steps.ts";
import type { Console } from "./console.ts";
import type { Memory } from "./memory.ts";
import { refuse, type Roster } from "./roster.ts";
import { documentHash, entryHash, insertSeal, isSignedBy, readSeal, readSeals, sealsFrom, type SignedSeal } from "./seal-rows.ts";
import type { Enrolment } from "./enrolment.ts";

/** What the identity stores ask of signed revisions. */
export interface Seals {
  /** Changes when what was believed before is to be judged anew. */
  era(): number;
  /** Why nothing of the team is believed; null where that is not so. */
  refusal(): Fault | null;
  /**
   * The hash of a store's newest revision, where the team saved it and it continues what this console saw. Fails with `roster-refused`.
   * `ahead`: rows of its seals, newest first, where they were read before; null where not. What is only seen in a transaction is not remembered: what is held may be older for a while.
   */
  judge(row: RevisionRow, where: "held" | "transaction", ahead: readonly Row[] | null): Steps<Result<string>>;
  /** Signs a revision in the transaction that inserts it. `previous`: the hash of the one before, as it was judged. Fails with `roster-refused`. */
  seal(row: RevisionRow, previous: string | null): Steps<Result<null>>;
  /** Signs a whole history that is taken in, oldest first, in the transaction that inserts it. Fails with `roster-refused`. */
  sealHistory(rows: readonly RevisionRow[]): Steps<Result<null>>;
  /** Whether this console may change anything. Fails with `roster-refused`. */
  mayWrite(): Steps<Result<null>>;
  /** Which entries of a store's history, from a number on, are as they were signed. */
  history(storeId: string, from: number): Steps<(entry: RevisionEntry, document?: string) => boolean>;
  /** Keeps why a store is not used; null when it is. `name`: what it was last known as. */
  mark(storeId: string, name: string | null, fault: Fault | null): void;
  /** Keeps nothing of stores that are not there any more. */
  forgetOthers(storeIds: ReadonlySet<string>): void;
}

export interface RefusedStore {
  readonly id: string;
  readonly name: string | null;
  readonly fault: Fault;
}

interface Dependencies {
  readonly console: Console;
  readonly memory: Memory;
  readonly enrolment: Enrolment;
  /** As of {@link RosterSource}. */
  readonly isCopy: () => boolean;
}

/** Whether a seal, as the newest of its store, was made by one who was in the team then. */
function isBelieved(roster: Roster, seal: SignedSeal): Result<null> {
  const member = roster.members.get(seal.signer);
  if (member !== undefined && isSignedBy(member, seal)) return succeed(null);
  const former = roster.former.get(seal.signer);
  if (former?.last[seal.storeId] === seal.hash && isSignedBy(former, seal)) return succeed(null);
  return refuse(member === undefined ? "revision-rogue" : "revision-signature");
}

/** As far down as each is the one that the seal above it names. */
function linked(seals: readonly SignedSeal[]): readonly SignedSeal[] {
  const end = seals.findIndex((seal, index) => {
    const above = seals[index - 1];
    return above !== undefined && (above.number !== seal.number + 1 || above.previous !== seal.hash);
  });
  return end === -1 ? seals : seals.slice(0, end);
}

export class RevisionSeals implements Seals {
  readonly #deps: Dependencies;
  readonly #refused = new Map<string, RefusedStore>();

  constructor(deps: Dependencies) {
    this.#deps = deps;
  }

  era(): number {
    return this.#deps.isCopy() ? 0 : 1;
  }

  refusal(): Fault | null {
    const roster = this.#deps.enrolment.roster();
    return roster.ok ? null : roster.fault;
  }

  get refused(): readonly RefusedStore[] {
    return [...this.#refused.values()];
  }

  *judge(row: RevisionRow, where: "held" | "transaction", ahead: readonly Row[] | null): Steps<Result<string>> {
    const { enrolment, memory, isCopy } = this.#deps;
    const roster = enrolment.roster();
    if (!roster.ok) return roster;
    const seen = isCopy() ? null : memory.newest(row.storeId);
    if (seen !== null && row.number < seen.number) return refuse("revision-rolled-back");
    const from = isCopy() ? row.number : (seen?.number ?? 1);
    const found = ahead === null ? yield* readSeals(roster.value.root, row.storeId, from) : sealsFrom(roster.value.root, ahead, from);
    const seals = found.filter(({ number }) => number <= row.number);
    const [newest] = seals;
    if (newest?.number !== row.number) return refuse("revision-unsigned");
    // The hash is made anew of what was read: where this console believed it before, its signature was good then and is now.
    const isRemembered = seen?.hash === newest.hash && roster.value.members.has(newest.signer) && !roster.value.former.has(newest.signer);
    const believed = isRemembered ? succeed(null) : isBelieved(roster.value, newest);
    if (!believed.ok) return believed;
    if (newest.entry !== entryHash(row) || newest.document !== documentHash(row.document)) return refuse("revision-altered");
    if (isCopy()) return succeed(newest.hash);
    const oldest = linked(seals).at(-1) ?? newest;
    if (oldest.number !== (seen?.number ?? 1) || (seen === null && oldest.previous !== "")) return refuse("revision-gap");
    if (seen !== null && oldest.hash !== seen.hash) return refuse("revision-rewritten");
    if (where === "held") memory.sawRevision(row.storeId, { number: newest.number, hash: newest.hash });
    return succeed(newest.hash);
  }

  *seal(row: RevisionRow, previous: string | null): Steps<Result<null>> {
    const { console, enrolment } = this.#deps;
    const { roster, key } = yield* enrolment.asOfTransaction();
    if (!roster.ok) return roster;
    if (!key.ok) return key;
    const { root } = roster.value;
    const { storeId, number } = row;
    const before = number === 1 ? null : yield* readSeal(root, storeId, number - 1);
    // What is continued is what this console has judged, and not what was put in its place since.
    if ((before?.hash ?? null) !== previous) return refuse("revision-rewritten");
    yield* insertSeal(root, { storeId, number, signer: console.id, previous: previous ?? "", entry: entryHash(row), document: documentHash(row.document) }, console.sign);
    return succeed(null);
  }

  *sealHistory(rows: readonly RevisionRow[]): Steps<Result<null>> {
    const { console, enrolment } = this.#deps;
    const { roster, key } = yield* enrolment.asOfTransaction();
    if (!roster.ok) return roster;
    if (!key.ok) return key;
    let previous = "";
    for (const row of rows) {
      const seal = { storeId: row.storeId, number: row.number, signer: console.id, previous, entry: entryHash(row), document: documentHash(row.document) };
      previous = yield* insertSeal(roster.value.root, seal, console.sign);
    }
    return succeed(null);
  }

  *mayWrite(): Steps<Result<null>> {
    const { key } = yield* this.#deps.enrolment.asOfTransaction();
    return key.ok ? succeed(null) : key;
  }

  *history(storeId: string, from: number): Steps<(entry: RevisionEntry, document?: string) => boolean> {
    const roster = this.#deps.enrolment.roster();
    const seals = roster.ok ? yield* readSeals(roster.value.root, storeId, from) : [];
    const [newest] = seals;
    const isGenuine = roster.ok && newest !== undefined && isBelieved(roster.value, newest).ok;
    const genuine = new Map((isGenuine ? linked(seals) : []).map((seal) => [seal.number, seal]));
    return (entry, document) => {
      const seal = genuine.get(entry.number);
      return seal?.entry === entryHash(entry) && (document === undefined || seal.document === documentHash(document));
    };
  }

  mark(storeId: string, name: string | null, fault: Fault | null): void {
    if (fault === null) this.#refused.delete(storeId);
    else this.#refused.set(storeId, { id: storeId, name: name ?? this.#refused.get(storeId)?.name ?? null, fault });
  }

  forgetOthers(storeIds: ReadonlySet<string>): void {
    for (const id of this.#refused.keys()) if (!storeIds.has(id)) this.#refused.delete(id);
  }

  /** The fault of a store that is not used, for what belongs to it. */
  faultOf(storeIds: readonly string[]): Result<null> {
    const refused = storeIds.map((id) => this.#refused.get(id)).find((store) => store !== undefined);
    return refused === undefined ? succeed(null) : fail(refused.fault);
  }
}
