/** What a reference to a group finds when it is reached. */
import { isLook, mayTurnEmpty, type Element, type Group, type Place } from "./syntax-tree.ts";

/**
 * `set`: the group has matched, in both engines alike. `never`: it cannot have matched; .NET fails there. `unset`: it may
 * not have, where .NET fails and JavaScript matches the empty text, as .NET does under the option ECMAScript. `loop`: a
 * repetition may leave different texts in it, since JavaScript forgets captures at each turn and takes no empty turn
 * (ECMA-262, RepeatMatcher).
 */
export type ReferenceState = "set" | "never" | "unset" | "loop";

interface Reference {
  readonly place: Place | null;
  readonly offset: number;
  readonly end: number;
}

/** From the whole pattern down to where something stands. */
function pathTo(place: Place | null): readonly Place[] {
  const steps: Place[] = [];
  for (let at = place; at !== null; at = at.group.place) steps.push(at);
  return steps.toReversed();
}

function repeats(element: Element): boolean {
  return element.quantifier !== null && element.quantifier.max > 1;
}

function maySkip(group: Group): boolean {
  return group.quantifier?.min === 0 || group.alternatives.length > 1 || group.role === "conditional" || group.role === "group-conditional";
}

/** The state of `capture`, the only group with its number, at `reference`. Doubt counts as one of the last two. */
export function referenceState(capture: Group, reference: Reference): ReferenceState {
  const around = pathTo(reference.place);
  const above = pathTo(capture.place);
  let common = 0;
  while (common < around.length && above[common]?.group === around[common]?.group && above[common]?.alternative === around[common]?.alternative) common += 1;
  const shared = around.slice(0, common).map(({ group }) => group);
  const below = above.slice(common).map(({ group }) => group);
  // They may part ways within one group, at two of its alternatives.
  const fork = below[0] === around[common]?.group ? below[0] : undefined;
  const isInside = around.some(({ group }) => group === capture);
  const isBackwards = shared.findLast(isLook)?.role === "look-behind";
  const comesBefore = isBackwards ? capture.offset >= reference.end : capture.end <= reference.offset;
  if (capture.quantifier?.max === 0) return "never";
  if (isInside || fork !== undefined || !comesBefore || below.some(({ negative }) => negative)) {
    return [...shared, ...(fork === undefined ? [] : [fork]), ...(isInside ? [capture] : [])].some(repeats) ? "loop" : "never";
  }
  if (capture.quantifier?.min === 0 || below.some(maySkip)) return [...shared, ...below, capture].some(repeats) ? "loop" : "unset";
  return [...below, capture].some((loop) => repeats(loop) && mayTurnEmpty(loop)) ? "loop" : "set";
}
