/** Secrets and files on their way into the draft. The state never holds them: while they are refused, only the way to enter them again is kept. */
import type { Fault } from "../../shared/fault.ts";
import type { DraftAnswer, DraftSight } from "../../shared/model/draft.ts";
import { succeed, type Result } from "../../shared/result.ts";
import { draftKey } from "../../shared/rules/draft-changes.ts";
import * as drafts from "./editor-draft.ts";
import type { HeldEntries } from "./editor-held.ts";
import * as model from "./editor-model.ts";
import type { UnansweredCalls } from "./editor-unanswered.ts";

interface SealingRoom {
  readonly storeId: string;
  readonly held: HeldEntries;
  readonly unanswered: UnansweredCalls;
  readonly shown: () => model.EditorState;
  readonly sight: () => DraftSight;
  readonly update: (step: (before: model.EditorState) => model.EditorState) => void;
  readonly inTurn: <T>(task: () => Promise<T>) => Promise<T>;
  /** Awaits a call; reads what is there anew where nobody knows what it changed. */
  readonly ask: <T>(call: Promise<Result<T>>) => Promise<Result<T>>;
  readonly met: (fault: Fault) => Promise<boolean>;
}

export type SealingCall = (address: { readonly storeId: string; readonly provider: string; readonly sight: DraftSight }) => Promise<Result<DraftAnswer>>;

/** Seals under a key such as `secrets.password`. `isSet` is false where something is cleared. */
export function createSealing({ storeId, held, unanswered, shown, sight, update, inTurn, ask, met }: SealingRoom) {
  const sealed = (key: string, isSet: boolean, call: SealingCall): Promise<Result<null>> => {
    const pressed = sight();
    const provider = shown().choice?.provider;
    if (provider === undefined) return Promise.resolve(succeed(null));
    return inTurn(async () => {
      // A draft that went by this page's own save, whose answer came only now, is nobody's news: where others end one, they are told of.
      const { draft, meeting } = shown();
      const seen = pressed.draft !== null && draft?.id !== pressed.draft.id && meeting === null ? sight() : pressed;
      const result = await ask(call({ storeId, provider, sight: seen }));
      const again = () => sealed(key, isSet, call).then(() => undefined);
      held.settle(provider, key);
      if (!result.ok) {
        unanswered.sealed(result, draftKey(provider, key));
        if (result.fault.kind !== "draft-changed") return result;
        held.hold(provider, key, again);
        await met(result.fault);
        return succeed(null);
      }
      const isRefused = result.value.refused.length > 0;
      if (isRefused) held.hold(provider, key, again);
      update((before) => {
        const next = drafts.answered(before, result.value, { changes: [], over: seen.draft, besides: /^(?:secrets|certificates)\./, isOwn: unanswered.isOwn });
        const others = next.sealed.filter((each) => each.provider !== provider || each.key !== key);
        return { ...next, sealed: isSet && !isRefused ? [...others, { key, provider }] : others, draftOffered: false, test: model.outdated(next.test) };
      });
      unanswered.sealed(result, draftKey(provider, key));
      return succeed(null);
    });
  };
  return sealed;
}
