/** Search filters (RFC 4511, section 4.5.1.7): decoding, and matching by Active Directory's rules. */
import type { Buffer } from "node:buffer";
import { SearchFilter } from "ldapts";
import { Elements, MalformedError, type Element } from "./elements.ts";
import { categoryOf, comparable, isKnownAttribute, orderOf } from "./schema.ts";
import type { Entry, Tree } from "./tree.ts";

interface SetFilter {
  readonly kind: "and" | "or";
  readonly parts: readonly Filter[];
}

interface ExtensibleFilter {
  readonly kind: "extensible";
  readonly rule: string | null;
  readonly attribute: string | null;
  readonly value: Buffer;
}

/** A filter over one attribute's values. */
type ValueFilter =
  | { readonly kind: "present"; readonly attribute: string }
  | { readonly kind: "equal" | "at-least" | "at-most"; readonly attribute: string; readonly value: Buffer }
  | { readonly kind: "substrings"; readonly attribute: string; readonly pieces: readonly Piece[] };

export type Filter = SetFilter | { readonly kind: "not"; readonly part: Filter } | ExtensibleFilter | ValueFilter;

interface Piece {
  readonly place: "initial" | "any" | "final";
  readonly text: string;
}

const MOST_PARTS = 2000;
const DEEPEST = 64;

const EXTENSIBLE = { rule: 0x81, type: 0x82, value: 0x83, dnAttributes: 0x84 };
const PLACES: Readonly<Record<number, Piece["place"]>> = { 0x80: "initial", 0x81: "any", 0x82: "final" };

/** Decodes one filter element. Throws {@link MalformedError} for nonsense and for filters beyond all use. */
export function decodeFilter(element: Element): Filter {
  let parts = 0;
  const attributeOf = (elements: Elements) => elements.text().toLowerCase();

  const decode = ({ tag, content }: Element, depth: number): Filter => {
    parts += 1;
    if (parts > MOST_PARTS || depth > DEEPEST) throw new MalformedError("filter too large");
    const elements = new Elements(content);
    const valued = (kind: "equal" | "at-least" | "at-most"): Filter => ({ kind, attribute: attributeOf(elements), value: elements.next(0x04).content });
    switch (tag) {
      case SearchFilter.and:
      case SearchFilter.or: {
        const inner: Filter[] = [];
        while (!elements.done) inner.push(decode(elements.next(), depth + 1));
        return { kind: tag === SearchFilter.and ? "and" : "or", parts: inner };
      }
      case SearchFilter.not:
        return { kind: "not", part: decode(elements.next(), depth + 1) };
      case SearchFilter.present:
        return { kind: "present", attribute: content.toString("utf8").toLowerCase() };
      // Active Directory treats approximately-equal as equal.
      case SearchFilter.equalityMatch:
      case SearchFilter.approxMatch:
        return valued("equal");
      case SearchFilter.greaterOrEqual:
        return valued("at-least");
      case SearchFilter.lessOrEqual:
        return valued("at-most");
      case SearchFilter.substrings:
        return decodeSubstrings(elements);
      case SearchFilter.extensibleMatch:
        return decodeExtensible(elements);
      default:
        throw new MalformedError("unknown filter");
    }
  };
  return decode(element, 0);
}

function decodeSubstrings(elements: Elements): Filter {
  const attribute = elements.text().toLowerCase();
  const inner = new Elements(elements.next(0x30).content);
  const pieces: Piece[] = [];
  while (!inner.done) {
    const { tag, content } = inner.next();
    const place = PLACES[tag];
    if (place === undefined) throw new MalformedError("unknown substring");
    pieces.push({ place, text: content.toString("utf8").toLowerCase() });
  }
  return { kind: "substrings", attribute, pieces };
}

function decodeExtensible(elements: Elements): Filter {
  let rule: string | null = null;
  let attribute: string | null = null;
  let value: Buffer | null = null;
  while (!elements.done) {
    const { tag, content } = elements.next();
    if (tag === EXTENSIBLE.rule) rule = content.toString("utf8");
    else if (tag === EXTENSIBLE.type) attribute = content.toString("utf8").toLowerCase();
    else if (tag === EXTENSIBLE.value) value = content;
    else if (tag !== EXTENSIBLE.dnAttributes) throw new MalformedError("unknown matching rule part");
  }
  if (value === null) throw new MalformedError("a matching rule needs a value");
  return { kind: "extensible", rule, attribute, value };
}

function matchesPieces(text: string, pieces: readonly Piece[]): boolean {
  let from = 0;
  for (const { place, text: piece } of pieces) {
    if (place === "initial") {
      if (!text.startsWith(piece)) return false;
      from = piece.length;
    } else if (place === "any") {
      const at = text.indexOf(piece, from);
      if (at < 0) return false;
      from = at + piece.length;
    } else if (!text.endsWith(piece) || text.length - piece.length < from) return false;
  }
  return true;
}

const BIT_AND = "1.2.840.113556.1.4.803";
const BIT_OR = "1.2.840.113556.1.4.804";
const IN_CHAIN = "1.2.840.113556.1.4.1941";

/** Follows a DN-valued attribute from entry to entry: `memberOf:1.2.840.113556.1.4.1941:=…`. */
function leadsTo(entry: Entry, attribute: string, target: string, tree: Tree): boolean {
  const seen = new Set<Entry>();
  const waiting = [entry];
  for (let current = waiting.pop(); current !== undefined; current = waiting.pop()) {
    if (seen.has(current)) continue;
    seen.add(current);
    for (const value of current.values(attribute)) {
      if (comparable(attribute, value) === target) return true;
      const next = tree.find(value.toString("utf8"));
      if (next !== null) waiting.push(next);
    }
  }
  return false;
}

/** The bits of an integer in decimal, negative ones in two's complement; null for what is no integer. */
function bitsOf(value: Buffer): bigint | null {
  const text = value.toString("latin1");
  return /^-?\d{1,19}$/.test(text) ? BigInt.asUintN(64, BigInt(text)) : null;
}

function matchesExtensible(filter: ExtensibleFilter, entry: Entry, tree: Tree): boolean | null {
  const { attribute, rule, value } = filter;
  if (attribute === null || !isKnownAttribute(attribute)) return null;
  if (rule === IN_CHAIN) return leadsTo(entry, attribute, comparable(attribute, value), tree);
  if (rule === BIT_AND || rule === BIT_OR) {
    const mask = bitsOf(value);
    if (mask === null) return null;
    return entry.values(attribute).some((each) => {
      const bits = bitsOf(each);
      return bits !== null && (rule === BIT_AND ? (bits & mask) === mask : (bits & mask) !== 0n);
    });
  }
  return rule === null ? entry.values(attribute).some((each) => comparable(attribute, each) === comparable(attribute, value)) : null;
}

function matchesValues(filter: ValueFilter, entry: Entry, tree: Tree): boolean {
  const { attribute } = filter;
  const values = entry.values(attribute);
  switch (filter.kind) {
    case "present":
      return values.length > 0;
    case "equal": {
      const wanted = attribute === "objectcategory" ? categoryOf(filter.value.toString("utf8"), tree.schema) : comparable(attribute, filter.value);
      return values.some((value) => comparable(attribute, value) === wanted);
    }
    case "at-least":
      return values.some((value) => (orderOf(attribute, value, filter.value) ?? -1) >= 0);
    case "at-most":
      return values.some((value) => (orderOf(attribute, value, filter.value) ?? 1) <= 0);
    case "substrings":
    default:
      return values.some((value) => matchesPieces(value.toString("utf8").toLowerCase(), filter.pieces));
  }
}

function matchesAll(filter: SetFilter, entry: Entry, tree: Tree): boolean | null {
  const decisive = filter.kind === "or";
  let undecided = false;
  for (const part of filter.parts) {
    const answer = matches(part, entry, tree);
    if (answer === decisive) return decisive;
    undecided ||= answer === null;
  }
  return undecided ? null : !decisive;
}

/**
 * Whether an entry matches: true, false, or null for "undefined" (an attribute the schema does not know), which a
 * negation leaves undefined (RFC 4511, section 4.5.1.7). A known attribute without a value is simply false, so that
 * `(!(department=Sales))` finds people without a department, as Active Directory does.
 */
export function matches(filter: Filter, entry: Entry, tree: Tree): boolean | null {
  if ("parts" in filter) return matchesAll(filter, entry, tree);
  if (filter.kind === "not") {
    const answer = matches(filter.part, entry, tree);
    return answer === null ? null : !answer;
  }
  if (filter.kind === "extensible") return matchesExtensible(filter, entry, tree);
  return isKnownAttribute(filter.attribute) ? matchesValues(filter, entry, tree) : null;
}
