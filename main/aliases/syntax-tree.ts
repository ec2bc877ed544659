/** The shape of a .NET pattern, as far as the rules ask for it. */

export interface Quantifier {
  readonly min: number;
  readonly max: number;
  readonly lazy: boolean;
}

export type Anchor = "start" | "end" | "word";

/** One element with its quantifier. `offset` counts UTF-16 units from the pattern's start, `end` is behind the quantifier. */
export type Element = { readonly offset: number; end: number; quantifier: Quantifier | null } & (
  | { readonly kind: "character" }
  | { readonly kind: "anchor"; readonly anchor: Anchor }
  | { readonly kind: "backreference"; readonly name: string; readonly path: readonly Branch[] }
  | Group
);

export interface Group {
  readonly kind: "group";
  /** `look-behind` and `look-ahead` take no characters. */
  readonly role: "capture" | "plain" | "look-ahead" | "look-behind" | "conditional";
  readonly negative: boolean;
  readonly name: string | null;
  readonly alternatives: Element[][];
}

export type GroupElement = Extract<Element, { readonly kind: "group" }>;

/** A step from the root to an element: which group, and which of its alternatives. */
export interface Branch {
  readonly group: GroupElement;
  readonly alternative: number;
}

export interface Capture {
  readonly element: GroupElement;
  /** From the root down to the capture's own group. */
  readonly path: readonly Branch[];
  /** Null for an unnamed group, which has only its number. */
  readonly name: string | null;
}

function isLook(element: GroupElement): boolean {
  return element.role === "look-ahead" || element.role === "look-behind";
}

/** Whether an element can match nothing. */
export function isNullable(element: Element): boolean {
  if (element.quantifier?.min === 0) return true;
  if (element.kind === "character") return false;
  if (element.kind !== "group") return true;
  return isLook(element) || element.alternatives.some((alternative) => alternative.every(isNullable));
}

function holdsLazy(element: Element): boolean {
  if (element.quantifier?.lazy === true) return true;
  return element.kind === "group" && element.alternatives.some((alternative) => alternative.some(holdsLazy));
}

function prefersNothing(element: GroupElement): boolean {
  return element.alternatives.some(
    (alternative, i) =>
      (alternative.every(isNullable) && i < element.alternatives.length - 1) ||
      alternative.some((inner) => inner.kind === "group" && prefersNothing(inner)),
  );
}

/**
 * Whether a repeated group may come to a turn that matches nothing while something else was possible. JavaScript refuses
 * such a turn and tries the next way; .NET takes it and ends the loop.
 */
export function mayTurnEmpty(element: GroupElement): boolean {
  const { quantifier } = element;
  if (quantifier === null || quantifier.max < 2 || isLook(element)) return false;
  if (!element.alternatives.some((alternative) => alternative.every(isNullable))) return false;
  return quantifier.lazy || prefersNothing(element) || element.alternatives.some((alternative) => alternative.some(holdsLazy));
}

/**
 * Whether a backreference may be reached while its group has matched nothing: .NET then fails, JavaScript matches the
 * empty text. Doubt counts as yes.
 */
export function mayBeUnset(capture: Capture, offset: number, path: readonly Branch[]): boolean {
  if (capture.element.end > offset) return true;
  let common = 0;
  while (common < path.length && capture.path[common]?.group === path[common]?.group) {
    if (capture.path[common]?.alternative !== path[common]?.alternative) return true;
    if (path[common]?.group.role === "look-behind") return true;
    common += 1;
  }
  const below = capture.path.slice(common).map(({ group }) => group);
  return (
    capture.element.quantifier?.min === 0 ||
    below.some((group) => group.quantifier?.min === 0 || group.negative || group.alternatives.length > 1 || group.role === "conditional")
  );
}

/** Whether every way through begins (or ends) at an anchor, so that no match covers only a part. */
export function isAnchored(alternatives: readonly (readonly Element[])[], side: "start" | "end"): boolean {
  return alternatives.every((alternative) => {
    const consuming = alternative.filter((element) => !(element.kind === "group" && isLook(element)));
    const element = side === "start" ? consuming[0] : consuming.at(-1);
    if (element === undefined || element.quantifier?.min === 0) return false;
    if (element.kind === "anchor") return element.anchor === side;
    return element.kind === "group" && isAnchored(element.alternatives, side);
  });
}
