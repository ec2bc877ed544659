/** What a page did to its draft without hearing what came of it: whatever shows of it later is its own doing, and nobody's news. */
import type { Changed, Fault } from "../../shared/fault.ts";
import type { DraftChange } from "../../shared/model/draft.ts";
import { changeKey, draftKey } from "../../shared/rules/draft-changes.ts";
import type { EditorState as OpenedEditor } from "../../shared/contract/editor.ts";
import type { Result } from "../../shared/result.ts";
import { apart } from "./editor-draft.ts";
import type { EditorState, Shown } from "./editor-model.ts";

/** A save or a discard: the draft it was of, the revision after it, and what goes with the draft. */
export interface DraftEnd {
  readonly id: string;
  readonly revision: number;
  readonly given: readonly DraftChange[];
}

/** `isAnswered`: what became of it was said, and the page has drawn its own conclusions. */
export type OwnEnd = DraftEnd & { readonly isAnswered: boolean };

/** Whether the call that failed may have been done all the same. */
export function isUnanswered(fault: Fault | null): boolean {
  return fault?.kind === "no-connection" && fault.outcome === "unknown";
}

export interface UnansweredCalls {
  /** Remembers changes that may be in the draft; forgets all once an answer has come, which shows what is. */
  changes(result: Result<unknown>, sent: readonly DraftChange[]): void;
  /** The same for a secret or a file, of which no value is kept: `exchange/secrets.password`. */
  sealed(result: Result<unknown>, key: string): void;
  /** Remembers an end until what stands after it was read: also one that was answered, as the read behind it may be lost. */
  end(result: Result<unknown>, end: DraftEnd): void;
  /** Whether what differs is what this page has put there itself. */
  isOwn(changed: Changed, known: Shown): boolean;
  /** The end that this page made, where the draft that is gone went by it; null where others did that, or where it is still there. */
  ownEnd(answer: OpenedEditor): OwnEnd | null;
}

export function createUnansweredCalls(): UnansweredCalls {
  /** By key, all of them: whichever arrived last may be the one that is in the draft. */
  const made = new Map<string, readonly (DraftChange | null)[]>();
  let ended: OwnEnd | null = null;
  const note = (result: Result<unknown>, entries: readonly (readonly [string, DraftChange | null])[]) => {
    if (result.ok) made.clear();
    else if (isUnanswered(result.fault)) for (const [key, change] of entries) made.set(key, [...(made.get(key) ?? []), change]);
  };
  return {
    changes: (result, sent) => note(result, sent.map((change) => [changeKey(change), change])),
    sealed: (result, key) => note(result, [[key, null]]),
    end(result, end) {
      if (result.ok || isUnanswered(result.fault)) ended = { ...end, isAnswered: result.ok };
    },
    isOwn({ provider, key }, known) {
      if (key !== "servers.priorities") {
        return made.get(draftKey(provider, key))?.some((change) => change === null || apart(known, change) === null) === true;
      }
      return [...made.values()].flat().some((change) => change?.kind === "server" && change.provider === provider && apart(known, change) === null);
    },
    ownEnd({ draft, store }) {
      const end = ended;
      ended = null;
      return end !== null && draft?.id !== end.id && store.revision === end.revision ? end : null;
    },
  };
}

/** The picture without what went with the draft. */
export function withoutGiven(state: EditorState, { given }: DraftEnd): EditorState {
  return { ...state, draft: null, meeting: null, pending: state.pending.filter((change) => !given.includes(change)) };
}
