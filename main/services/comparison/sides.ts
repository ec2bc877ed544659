/** The sides of a comparison, each read into the form that all are compared in. */
import { fail, succeed, type Result } from "../../../shared/fault.ts";
import type { ComparedSide, NotCompared } from "../../../shared/model/comparison.ts";
import type { Change } from "../../../shared/model/draft.ts";
import { listedNow, listingDoubts, seenChanges } from "../../../shared/rules/drift.ts";
import { inJson } from "../../../shared/rules/read-document.ts";
import type { SealedMessaging, StoreDocument, StoredIdentityStore } from "../../store/types.ts";
import { DraftBook } from "../drafts.ts";
import { findProvider } from "../forms.ts";
import { planArrival } from "../handover/arriving.ts";
import type { HandoverService } from "../handover/index.ts";
import { gone, type Foundation, type WorkOptions } from "../rooms.ts";
import { lookNow } from "./looking.ts";
import type { SightingBook } from "./sighting-book.ts";

/** One side. */
export interface ReadSide {
  /** Null for a side that is about the other one: what a directory lists is held against the entries of a configuration. */
  readonly document: StoreDocument | null;
  /** What this side makes of the document of the other one, where it has none of its own. */
  readonly over: (other: StoreDocument) => StoreDocument;
  /** Differences that no document holds, as changes to this side. */
  readonly seen: readonly Change[];
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
  return succeed({ document, over: () => document, seen: [], notCompared: () => [] });
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
  return succeed({
    document: null,
    over: (other) => {
      const { messaging } = other;
      if (messaging === null || !ofThis(messaging)) return other;
      const { configuration } = messaging;
      return { ...other, messaging: { ...messaging, configuration: { ...configuration, servers: listedNow(configuration.servers, listing, servers) } } };
    },
    seen: againstSaved ? seenChanges(choice.provider, sighting.known, sighting.seen) : [],
    notCompared: ({ messaging }) => [
      ...(messaging === null || !ofThis(messaging) ? [{ what: "other-provider", subject: null, fault: null } as const] : listingDoubts(messaging.configuration.servers, listing)),
      ...notCompared,
    ],
  });
};

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
};

/** Reads a side. Fails with what it lacks: `not-found`, `invalid` for a handed-over store that would be refused, and as the directory does. */
export async function readSide<Kind extends ComparedSide["kind"]>(ground: SideGround, side: Extract<ComparedSide, { readonly kind: Kind }> & { readonly kind: Kind }): Promise<Result<ReadSide>> {
  return readers[side.kind](ground, side);
}
