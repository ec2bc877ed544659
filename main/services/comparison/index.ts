/** Any two states of an identity store beside each other. */
import { fail, succeed, type Result } from "../../../shared/fault.ts";
import type { ComparedSide, Comparison } from "../../../shared/model/comparison.ts";
import { bothWays, mirrored } from "../../../shared/rules/comparing.ts";
import { documentChanges } from "../forms.ts";
import type { HandoverService } from "../handover/index.ts";
import { gone, type Foundation, type WorkOptions } from "../rooms.ts";
import type { StoreDocument } from "../../store/types.ts";
import { readSide, type ReadSide, type SideGround } from "./sides.ts";
import type { SightingBook } from "./sighting-book.ts";

export class ComparisonService {
  readonly #foundation: Foundation;
  readonly #parts: { readonly handover: HandoverService; readonly book: SightingBook };

  constructor(foundation: Foundation, parts: { readonly handover: HandoverService; readonly book: SightingBook }) {
    this.#foundation = foundation;
    this.#parts = parts;
  }

  /** Fails with `not-found` for a side that is not there, and as the directory does where one of them is what it says. */
  async compare(storeId: string, left: ComparedSide, right: ComparedSide, options: WorkOptions): Promise<Result<Comparison>> {
    const stored = this.#foundation.store.identityStores.get(storeId);
    if (stored === null) return fail(gone("identity-store"));
    const isSaved = (side: ComparedSide) => side.kind === "saved" || (side.kind === "revision" && side.number === stored.revision);
    const ground: SideGround = { foundation: this.#foundation, stored, ...this.#parts, againstSaved: isSaved(left) || isSaved(right), options };
    const first = await readSide(ground, left);
    if (!first.ok) return first;
    // Of two looks at the directory the second would only tell what changed within a second, and of probes there is one word a server.
    const isOne = left.kind === right.kind && first.value.document === null;
    const second = isOne ? first : await readSide(ground, right);
    if (!second.ok) return second;
    if (options.signal.aborted) return fail({ kind: "cancelled" });
    return succeed({ revision: stored.revision, ...this.#differences(stored.document, first.value, second.value) });
  }

  /** Takes certificates and rights for granted as the comparison that answered `seen` showed them. Fails with `not-found` and `not-stored`. */
  takeOver(storeId: string, seen: string): Promise<Result<null>> {
    return this.#parts.book.takeOver(storeId, seen);
  }

  #differences(saved: StoreDocument, left: ReadSide, right: ReadSide): Omit<Comparison, "revision"> {
    const { providers } = this.#foundation;
    const [base, other] = [baseOf(left, right, saved), baseOf(right, left, saved)];
    const [from, to] = [left.over(base), right.over(other)];
    const changes = bothWays(documentChanges(providers, from, to), documentChanges(providers, to, from));
    const probed = left.probed ?? right.probed;
    if (left === right) return { changes, notCompared: [], probed, seen: null };
    return {
      probed,
      seen: left.mark ?? right.mark,
      changes: [...changes, ...right.seen, ...left.seen.map(mirrored)],
      notCompared: [...left.notCompared(base), ...right.notCompared(other)],
    };
  }
}

/** What a side is laid over. A directory says which servers there are, and a probe what is with them: it is laid over what the directory lists. */
function baseOf(side: ReadSide, other: ReadSide, saved: StoreDocument): StoreDocument {
  return side.document ?? other.document ?? (other.lists ? other.over(saved) : saved);
}
