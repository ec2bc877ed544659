/** The sides of a comparison, each read into the form that all are compared in. */
import { fail, succeed, type Result } from "../../../shared/fault.ts";
import type { ComparedSide, NotCompared } from "../../../shared/model/comparison.ts";
import type { Change } from "../../../shared/model/draft.ts";
import type { ProbedStore } from "../../../shared/model/identity-store.ts";
import type { ServerEntry } from "../../../shared/model/mail-server.ts";
import { listedNow, listingDoubts, seenChanges } from "../../../shared/rules/drift.ts";
import { probedCertificates, probedEntries, probeDoubts, probedStore, type ProbeWords } from "../../../shared/rules/probe-side.ts";
import { inJson } from "../../../shared/rules/read-document.ts";
import type { SealedMessaging, StoreDocument, StoredIdentityStore } from "../../store/types.ts";
import { DraftBook } from "../drafts.ts";
import { findProvider } from "../forms.ts";
import { planArrival } from "../handover/arriving.ts";
import type { HandoverService } from "../handover/index.ts";
import { gone, type Foundation, type WorkOptions } from "../rooms.ts";
import { lookNow } from "./looking.ts";
import { seenMark, type SightingBook } from "./sighting-book.ts";

/** One side. */
export interface ReadSide {
  /** Null for a side that is about the other one: what a directory lists, and what a probe found, is held against the entries of a configuration. */
  readonly document: StoreDocument | null;
  /** Without a document of its own, this side says which servers there are. */
  readonly lists: boolean;
  /** What this side makes of the document of the other one, where it has none of its own. */
  readonly over: (other: StoreDocument) => StoreDocument;
  /** Differences that no document holds, as changes to this side. */
  readonly seen: readonly Change[];
  /** Stands for those of `seen` that may be taken for granted: what this console saw itself. Null for none. */
  readonly mark: string | null;
  /** Whose words a side of probes is made from. */
  readonly probed: ProbedStore | null;
  readonly notCompared: (other: StoreDocument) => readonly NotCompared[];
}

export interface SideGround {
  readonly foundation: Foundation;
  readonly stored: StoredIdentityStore;
  readonly handover: HandoverService;
  readonly book: SightingBook;
  /** Whether the other side is what is saved: certificates and rights are held against what was seen since then, and no other side ever held any. */
  readonly againstSaved: boolean;
  readonly options: WorkOptions;
}

type Reader<Kind extends ComparedSide["kind"]> = (ground: SideGround, side: Extract<ComparedSide, { readonly kind: Kind }>) => Promise<Result<ReadSide>> | Result<ReadSide>;

function documentSide(document: StoreDocument): Result<ReadSide> {
  return succeed({ document, lists: false, over: () => document, seen: [], mark: null, probed: null, notCompared: () => [] });
}

function draftSide({ foundation, stored }: SideGround): Result<ReadSide> {
  if (foundation.store.drafts.version(stored.id) === null) return fail(gone("draft"));
  const chosen = new DraftBook(foundation).chosen(stored.id);
  return chosen.ok ? documentSide({ ...stored.document, messaging: chosen.value.form }) : chosen;
}

/** As importing it would leave the store: what it lacks, such as secrets that were left out, is what is here. */
const bundleSide: Reader<"bundle"> = async ({ foundation, stored, handover }, { bundle, place }) => {
  const carried = handover.carried(bundle, place, stored);
  if (!carried.ok) return carried;
  const { planned, issues } = await planArrival(foundation, stored.document, carried.value);
  return issues.length > 0 ? fail({ kind: "invalid", issues: inJson([...issues]) }) : documentSide(planned.document);
};

/** The other side's document, with the servers as the directory lists them, and against what is saved what they say themselves. */
const directorySide: Reader<"directory"> = async ({ foundation, stored, book, againstSaved, options }) => {
  const looked = await lookNow(foundation, stored, againstSaved, options);
  if (!looked.ok) return looked;
  const { look, notCompared } = looked.value;
  const { choice, listing } = look;
  await book.ready();
  const sighting = await book.keep(stored, look);
  const servers = findProvider(foundation.providers, choice.provider)?.descriptor.servers ?? "none";
  const ofThis = ({ configuration }: SealedMessaging) => configuration.provider === choice.provider && configuration.variant === choice.variant;
  const seen = againstSaved ? seenChanges(choice.provider, sighting.known, sighting.seen) : [];
  return succeed({
    document: null,
    lists: true,
    over: (other) => (other.messaging === null || !ofThis(other.messaging) ? other : withServers(other, (entries) => listedNow(entries, listing, servers))),
    seen,
    mark: seenMark(seen),
    probed: null,
    notCompared: ({ messaging }) => [
      ...(messaging === null || !ofThis(messaging) ? [{ what: "other-provider", subject: null, fault: null } as const] : listingDoubts(messaging.configuration.servers, listing)),
      ...notCompared,
    ],
  });
};

/**
 * The other side's document, with what imported probes said of its servers. They saw servers from another computer, and are held against
 * what this console knows without becoming any of it.
 */
const probeSide: Reader<"probe"> = async ({ foundation, stored, book, againstSaved }) => {
  const found = (await foundation.store.probes.all()).filter(({ storeId }) => storeId === stored.id);
  if (found.length === 0) return fail(gone("probe-result"));
  const wordsOf = ({ messaging }: StoreDocument): ProbeWords => new Map(found.filter(({ provider }) => provider === messaging?.configuration.provider).map(({ server, probed }) => [server, probed]));
  await book.ready();
  const known = againstSaved ? book.known(stored) : null;
  const { messaging } = stored.document;
  const seen = known === null || messaging === null ? [] : seenChanges(messaging.configuration.provider, known, probedCertificates(messaging.configuration.servers, wordsOf(stored.document)));
  return succeed({
    document: null,
    lists: false,
    over: (other) => withServers(other, (entries) => probedEntries(entries, wordsOf(other))),
    seen,
    mark: null,
    probed: probedStore(found.map(({ probed }) => probed)),
    notCompared: (other) => {
      const words = wordsOf(other);
      return words.size === 0 ? [{ what: "probe-other-provider", subject: null, fault: null }] : probeDoubts(other.messaging?.configuration.servers ?? [], words, known);
    },
  });
};

function withServers(document: StoreDocument, edit: (entries: readonly ServerEntry[]) => ServerEntry[]): StoreDocument {
  const { messaging } = document;
  if (messaging === null) return document;
  const { configuration } = messaging;
  return { ...document, messaging: { ...messaging, configuration: { ...configuration, servers: edit(configuration.servers) } } };
}

/** A new kind of side is a line here, one in the model and one among the words. */
const readers: { readonly [Kind in ComparedSide["kind"]]: Reader<Kind> } = {
  saved: ({ stored }) => documentSide(stored.document),
  draft: draftSide,
  revision: async ({ foundation, stored }, { number }) => {
    const document = await foundation.store.identityStores.revisionDocument(stored.id, number);
    return document === null ? fail(gone("revision")) : documentSide(document);
  },
  bundle: bundleSide,
  directory: directorySide,
  probe: probeSide,
};

/** Reads a side. Fails with what it lacks: `not-found`, `invalid` for a handed-over store that would be refused, and as the directory does. */
export async function readSide<Kind extends ComparedSide["kind"]>(ground: SideGround, side: Extract<ComparedSide, { readonly kind: Kind }> & { readonly kind: Kind }): Promise<Result<ReadSide>> {
  return readers[side.kind](ground, side);
}
