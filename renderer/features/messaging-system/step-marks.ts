/** How far each part of the set-up has come, as its tab shows it. */
import { nothingTicked, readinessOf, type FormPart } from "../../../shared/rules/readiness.ts";
import { currentDescriptor, currentForm, type EditorState } from "../../stores/editor-model.ts";
import { say } from "../../text/text.ts";

export interface StepMark {
  /** `open` has something to enter and does not insist on it yet. */
  readonly state: "complete" | "open" | "lacking";
  readonly words: string;
}

/** Null for a part that does not exist yet, because no provider is chosen. */
export function markOf(part: FormPart, state: EditorState): StepMark | null {
  const descriptor = currentDescriptor(state);
  const form = currentForm(state);
  if (descriptor === null || form === null) return part === "provider" ? { state: "open", words: say("messaging-system.step-open") } : null;
  const { missing, wrong } = readinessOf(part, state.issues);
  if (missing + wrong === 0) {
    const idle = part === "servers" && nothingTicked(descriptor, form);
    return idle ? { state: "open", words: say("messaging-system.step-nothing-ticked") } : { state: "complete", words: say("messaging-system.step-complete") };
  }
  if (!state.told.includes(part)) return { state: "open", words: say("messaging-system.step-open") };
  const counts = [...(missing > 0 ? [say("messaging-system.step-missing", { count: missing })] : []), ...(wrong > 0 ? [say("messaging-system.step-wrong", { count: wrong })] : [])];
  return { state: "lacking", words: counts.join(", ") };
}
