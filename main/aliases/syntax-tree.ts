/** The shape of a .NET pattern. */
import type { CharacterSet } from "./character-set.ts";

export interface Quantifier {
  readonly min: number;
  readonly max: number;
  readonly lazy: boolean;
}

/**
 * `start` and `end` are those of the text, `before-final-newline` is the end or before a \n that ends the text, the lines'
 * are at \n only.
 */
export type Anchor = "start" | "line-start" | "end" | "before-final-newline" | "line-end" | "word" | "not-word";

/** Where an element stands: in which group, and in which of its alternatives. Null for the whole pattern. */
export interface Place {
  readonly group: Group;
  readonly alternative: number;
}

/** One element with its quantifier. `offset` counts UTF-16 units from the pattern's start, `end` is behind the quantifier. */
interface Part {
  readonly offset: number;
  end: number;
  quantifier: Quantifier | null;
}

export interface Characters extends Part {
  readonly kind: "characters";
  readonly set: CharacterSet;
}

export interface Assertion extends Part {
  readonly kind: "anchor";
  readonly anchor: Anchor;
  readonly ecmaScript: boolean;
}

export interface Backreference extends Part {
  readonly kind: "backreference";
  readonly number: number;
  readonly ignoreCase: boolean;
  readonly ecmaScript: boolean;
  readonly place: Place;
}

export interface Group extends Part {
  readonly kind: "group";
  /**
   * `conditional` has its condition, a group, as the first alternative's only element; `group-conditional` asks whether a
   * group has matched; `balancing` gives a capture of another group back.
   */
  readonly role: "plain" | "capture" | "balancing" | "atomic" | "look-ahead" | "look-behind" | "conditional" | "group-conditional";
  readonly negative: boolean;
  /** A capture's number. */
  readonly number: number | null;
  /** Whether the group itself is matched from right to left. */
  readonly backwards: boolean;
  readonly place: Place | null;
  readonly alternatives: Element[][];
}

export type Element = Characters | Assertion | Backreference | Group;

export function isLook(element: Element): boolean {
  return element.kind === "group" && (element.role === "look-ahead" || element.role === "look-behind");
}

/** Whether an element can match nothing. Doubt counts as yes. */
export function isNullable(element: Element): boolean {
  if (element.quantifier?.min === 0) return true;
  if (element.kind === "characters") return false;
  if (element.kind !== "group" || isLook(element)) return true;
  // Without its second way a conditional matches nothing.
  const isOneWay = element.role === "group-conditional" ? element.alternatives.length < 2 : element.role === "conditional" && element.alternatives.length < 3;
  return isOneWay || element.alternatives.some((alternative, i) => (element.role === "conditional" && i === 0 ? false : alternative.every(isNullable)));
}

/** Whether an element can match more than nothing. Doubt counts as yes. */
function mayConsume(element: Element): boolean {
  if (element.quantifier?.max === 0 || element.kind === "anchor" || isLook(element)) return false;
  return element.kind !== "group" || element.alternatives.some((alternative) => alternative.some(mayConsume));
}

function holdsLazy(element: Element): boolean {
  if (element.quantifier?.lazy === true) return true;
  return element.kind === "group" && element.alternatives.some((alternative) => alternative.some(holdsLazy));
}

function prefersNothing(element: Group): boolean {
  if (element.role === "conditional" || element.role === "group-conditional") return true;
  return element.alternatives.some(
    (alternative, i) =>
      (alternative.every(isNullable) && i < element.alternatives.length - 1) ||
      alternative.some((inner) => inner.kind === "group" && prefersNothing(inner)),
  );
}

function canBeNothing(element: Group): boolean {
  return !isLook(element) && element.alternatives.some((alternative) => alternative.every(isNullable));
}

/** Whether a repeated group may come to a turn that matches nothing, beyond the turns that it must take. */
export function mayTurnEmpty(element: Group): boolean {
  const { quantifier } = element;
  return quantifier !== null && quantifier.max > quantifier.min && canBeNothing(element);
}

/**
 * Whether a repeated group may come to a turn that matches nothing while something else was possible. JavaScript refuses
 * such a turn and tries the next way (ECMA-262, RepeatMatcher), for `?` as for `*`; .NET takes it and ends the loop.
 */
export function mayChooseEmptyTurn(element: Group): boolean {
  const { quantifier } = element;
  if (quantifier === null || !canBeNothing(element)) return false;
  // Lazy, both have tried to go on from here before they take a turn. Turns that must be taken mislead .NET: in "aa"
  // its a()+?[ab] finds nothing at the first letter.
  if (quantifier.lazy) return quantifier.min > 0 && quantifier.max > 1;
  return quantifier.max > quantifier.min && mayConsume(element) && (prefersNothing(element) || element.alternatives.some((alternative) => alternative.some(holdsLazy)));
}

/** Whether every way through begins (or ends) at an anchor, so that no match covers only a part. */
export function isAnchored(alternatives: readonly (readonly Element[])[], side: "start" | "end"): boolean {
  const anchors: readonly Anchor[] = side === "start" ? ["start", "line-start"] : ["end", "before-final-newline", "line-end"];
  return alternatives.every((alternative) => {
    const consuming = alternative.filter((element) => !isLook(element));
    const element = side === "start" ? consuming[0] : consuming.at(-1);
    if (element === undefined || element.quantifier?.min === 0) return false;
    if (element.kind === "anchor") return anchors.includes(element.anchor);
    if (element.kind !== "group") return false;
    // A conditional without its second way may match nothing there.
    if (element.role === "conditional") return element.alternatives.length > 2 && isAnchored(element.alternatives.slice(1), side);
    if (element.role === "group-conditional") return element.alternatives.length > 1 && isAnchored(element.alternatives, side);
    return isAnchored(element.alternatives, side);
  });
}
