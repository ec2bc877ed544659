/** The directory's entries in memory. */
import { createHash } from "node:crypto";
import { createIndexes, type Indexed } from "./indexes.ts";
import { dnKey, parseDn } from "./names.ts";
import { categoryDn, classChain } from "./schema.ts";

export type AttributeValue = string | number | Buffer;

export interface Entry {
  readonly dn: string;
  /** Attribute names as the schema spells them, in the order of the entry. */
  readonly names: readonly string[];
  /** Values by attribute name in lower case; empty when the entry has none. */
  values(attribute: string): readonly Buffer[];
}

export interface Tree {
  /** Naming contexts, leaf-most last: domain, configuration, schema. */
  readonly contexts: readonly string[];
  /** DN of the schema partition. */
  readonly schema: string;
  find(dn: string): Entry | null;
  /** The naming context that holds a DN; null for a foreign one. */
  contextOf(dn: string): string | null;
  /** The nearest existing entry above a DN. */
  nearest(dn: string): string | null;
  /** Entries in scope, in the order they were added; a subtree ends where another naming context begins. */
  scope(base: Entry, scope: "base" | "one" | "sub"): readonly Entry[];
  /** Naming contexts directly below a base, for search continuation references. */
  below(base: Entry, scope: "base" | "one" | "sub"): readonly string[];
  /** Entries with a value of an attribute, text without regard to case. */
  having(attribute: Indexed, value: string | Buffer): readonly Entry[];
  /** Puts an entry in, in place of the one with its name. */
  put(entry: Entry): void;
  /** Takes an entry without children out. */
  drop(dn: string): void;
}

export interface NewEntry {
  readonly dn: string;
  /** Display name of the structural class. */
  readonly class: string;
  readonly attributes?: Readonly<Record<string, AttributeValue | readonly AttributeValue[]>>;
}

/** An entry by its `objectGUID` (MS-ADTS 3.1.1.3.1.2.4). */
const BY_GUID = /^<GUID=([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})>$/i;

/** The octets of a GUID in Microsoft's order: the first three fields are little-endian (MS-DTYP 2.3.4). */
function guidOctets(text: string): Buffer {
  const octets = Buffer.from(text.replaceAll("-", ""), "hex");
  octets.subarray(0, 4).reverse();
  octets.subarray(4, 6).reverse();
  octets.subarray(6, 8).reverse();
  return octets;
}

const CREATED = "20240102080000.0Z";

function isList(value: AttributeValue | readonly AttributeValue[]): value is readonly AttributeValue[] {
  return Array.isArray(value);
}

function octets(value: AttributeValue): Buffer {
  return Buffer.isBuffer(value) ? value : Buffer.from(String(value), "utf8");
}

/** A stable identifier of a DN: the first 16 octets of its digest. */
function guidOf(dn: string): Buffer {
  return createHash("sha256").update(dn.toLowerCase()).digest().subarray(0, 16);
}

/** An entry with the given values; an attribute without any is left out. */
export function entryOf(dn: string, attributes: Iterable<readonly [name: string, values: readonly AttributeValue[]]>): Entry {
  const values = new Map<string, readonly Buffer[]>();
  const names: string[] = [];
  for (const [name, list] of attributes) {
    if (list.length === 0) continue;
    names.push(name);
    values.set(name.toLowerCase(), list.map(octets));
  }
  return { dn, names, values: (attribute) => values.get(attribute) ?? [] };
}

function makeEntry(plan: NewEntry, schema: string): Entry {
  const first = /^[^=]+=((?:\\.|[^,\\])*)/.exec(plan.dn)?.[1] ?? "";
  const name = first.replaceAll(/\\(.)/g, "$1");
  const type = plan.dn.slice(0, plan.dn.indexOf("=")).toLowerCase();
  const all: Readonly<Record<string, AttributeValue | readonly AttributeValue[]>> = {
    objectClass: classChain(plan.class),
    [type]: name,
    name,
    distinguishedName: plan.dn,
    objectCategory: categoryDn(plan.class, schema),
    objectGUID: guidOf(plan.dn),
    instanceType: 4,
    whenCreated: CREATED,
    whenChanged: CREATED,
    ...plan.attributes,
  };
  return entryOf(plan.dn, Object.entries(all).map(([key, value]) => [key, isList(value) ? value : [value]] as const));
}

function parentKey(key: string): string {
  const at = key.indexOf("\n");
  return at < 0 ? "" : key.slice(at + 1);
}

/** Builds the tree. Throws for an entry whose DN is malformed: the practice organisation is code, not input. */
export function buildTree(contexts: readonly string[], schema: string, plans: Iterable<NewEntry>): Tree {
  const byKey = new Map<string, Entry>();
  const indexes = createIndexes();
  const children = new Map<string, Map<string, Entry>>();
  const keyOf = (dn: string) => {
    const key = dnKey(dn);
    if (key === null) throw new Error(`malformed distinguished name ${dn}`);
    return key;
  };
  const contextKeys = new Map(contexts.map((context) => [keyOf(context), context]));
  const keys = new WeakMap<Entry, string>();
  const put = (entry: Entry) => {
    const key = keyOf(entry.dn);
    const before = byKey.get(key);
    if (before !== undefined) indexes.remove(before);
    indexes.add(entry);
    byKey.set(key, entry);
    keys.set(entry, key);
    const siblings = children.get(parentKey(key)) ?? new Map<string, Entry>();
    children.set(parentKey(key), siblings.set(key, entry));
  };
  for (const plan of plans) put(makeEntry(plan, schema));
  const isContext = (entry: Entry) => contextKeys.has(keys.get(entry) ?? "");
  const childrenOf = (entry: Entry) => [...(children.get(keys.get(entry) ?? "")?.values() ?? [])];
  const within = (entry: Entry): Entry[] => [entry, ...childrenOf(entry).filter((child) => !isContext(child)).flatMap(within)];

  return {
    contexts,
    schema,
    put,
    drop(dn) {
      const key = keyOf(dn);
      const entry = byKey.get(key);
      if (entry === undefined) return;
      indexes.remove(entry);
      byKey.delete(key);
      children.get(parentKey(key))?.delete(key);
    },
    having: indexes.having,
    find(dn) {
      const guid = BY_GUID.exec(dn)?.[1];
      if (guid !== undefined) return indexes.having("objectGUID", guidOctets(guid))[0] ?? null;
      const key = dnKey(dn);
      return key === null ? null : (byKey.get(key) ?? null);
    },
    contextOf(dn) {
      for (let key = dnKey(dn) ?? ""; key !== ""; key = parentKey(key)) {
        const context = contextKeys.get(key);
        if (context !== undefined) return context;
      }
      return null;
    },
    nearest(dn) {
      if (parseDn(dn) === null) return null;
      for (let key = keyOf(dn); key !== ""; key = parentKey(key)) {
        const entry = byKey.get(key);
        if (entry !== undefined) return entry.dn;
      }
      return null;
    },
    scope(base, scope) {
      if (scope === "base") return [base];
      return scope === "one" ? childrenOf(base).filter((child) => !isContext(child)) : within(base);
    },
    below(base, scope) {
      if (scope === "base") return [];
      const parents = scope === "one" ? [base] : within(base);
      return parents.flatMap((parent) => childrenOf(parent).filter(isContext).map((child) => child.dn));
    },
  };
}
