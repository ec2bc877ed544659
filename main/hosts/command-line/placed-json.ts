/** JSON (RFC 8259) with the place of every entry. Nothing is read that two programs could read differently. */
import { parse, type AnyNode, type ValueNode } from "@humanwhocodes/momoa";
import { fail, succeed, type Fault, type Issue, type Result, type TextPlace } from "../../../shared/fault.ts";
import { endOf } from "../../decode-text.ts";

export interface PlacedJson {
  readonly value: unknown;
  /** Where an entry begins: its name, or the nearest entry around it that is there. */
  readonly placeOf: (path: Issue["path"]) => TextPlace | undefined;
}

/** Nothing that is read here has more than ten. */
const DEEPEST = 100;
/** An escape that was broken off: the backslash, and `u` with the digits that were right. The parser names its last character. */
const BROKEN_ESCAPE = /\\(?:u[0-9a-fA-F]{0,3})?$/;

/** Fails with `unreadable` (`not-json`, `json-escape`) and the place, or with `invalid` where a name stands twice. */
export function parsePlacedJson(text: string): Result<PlacedJson> {
  try {
    return new Reader(text).read(parse(text, { mode: "json", ranges: true }).body);
  } catch (error) {
    // The parser's message would quote the text.
    if (error instanceof RangeError) return fail(brokenAt({ line: 1, column: 1 }));
    if (!(error instanceof Error && "offset" in error && typeof error.offset === "number")) throw error;
    const escape = BROKEN_ESCAPE.exec(text.slice(0, error.offset + 1));
    if (escape === null) return fail(brokenAt(endOf(text.slice(0, error.offset))));
    return fail({ kind: "unreadable", what: "json-escape", at: endOf(text.slice(0, escape.index)) });
  }
}

function brokenAt(at: TextPlace): Fault {
  return { kind: "unreadable", what: "not-json", at };
}

/** Ends reading with a fault. */
class Broken extends Error {
  readonly at: TextPlace;
  constructor(at: TextPlace) {
    super("not JSON");
    this.at = at;
  }
}

class Reader {
  readonly #text: string;
  readonly #places = new Map<string, TextPlace>();
  readonly #twice: Issue[] = [];

  constructor(text: string) {
    this.#text = text;
  }

  read(root: ValueNode): Result<PlacedJson> {
    try {
      this.#places.set("[]", placeOf(root));
      const value = this.#value(root, []);
      if (this.#twice.length > 0) return fail({ kind: "invalid", issues: this.#twice });
      return succeed({ value, placeOf: (path) => this.#nearest(path) });
    } catch (error) {
      if (error instanceof Broken) return fail(brokenAt(error.at));
      throw error;
    }
  }

  #nearest(path: Issue["path"]): TextPlace | undefined {
    return this.#places.get(JSON.stringify(path)) ?? (path.length === 0 ? undefined : this.#nearest(path.slice(0, -1)));
  }

  #value(node: ValueNode, path: Issue["path"]): unknown {
    if (path.length > DEEPEST) throw new Broken(placeOf(node));
    switch (node.type) {
      case "Object":
        return Object.fromEntries(node.members.map(({ name, value }) => [this.#name(name, path), this.#value(value, [...path, nameOf(name)])]));
      case "Array":
        return node.elements.map(({ value }, index) => {
          this.#places.set(JSON.stringify([...path, index]), placeOf(value));
          return this.#value(value, [...path, index]);
        });
      case "String":
        return this.#string(node);
      case "Number":
      case "Boolean":
        return node.value;
      case "Null":
        return null;
      case "NaN":
      case "Infinity":
      default:
        throw new Broken(placeOf(node));
    }
  }

  #name(name: AnyNode, path: Issue["path"]): string {
    const own = [...path, name.type === "String" ? this.#string(name) : nameOf(name)];
    const key = JSON.stringify(own);
    if (this.#places.has(key)) this.#twice.push({ path: own, code: "named-twice", at: placeOf(name) });
    else this.#places.set(key, placeOf(name));
    return nameOf(name);
  }

  /** The parser lets control characters stand in a string, which JSON does not: RFC 8259, 7. */
  #string(node: AnyNode & { readonly type: "String" }): string {
    const [start = 0, end = 0] = node.range ?? [];
    const control = this.#text.slice(start, end).search(/\p{Cc}/u);
    if (control !== -1) throw new Broken(endOf(this.#text.slice(0, start + control)));
    return node.value;
  }
}

function nameOf(name: AnyNode): string {
  if (name.type === "String") return name.value;
  throw new Broken(placeOf(name));
}

function placeOf({ loc }: AnyNode): TextPlace {
  return { line: loc.start.line, column: loc.start.column };
}
