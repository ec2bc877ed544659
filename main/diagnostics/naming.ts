/** Stand-ins for names: the same one for the same name wherever it stands, so that a text still can be followed. */
import { isIP } from "node:net";
import { findNames, type Found } from "./found-names.ts";
import { folded, Matcher } from "./matcher.ts";
import { componentsOf, spellingsOf, spellingsOfDomain } from "./spellings.ts";
import { vendorHost } from "./vendor-hosts.ts";

export type NameKind = "store" | "domain" | "server" | "address" | "account" | "site" | "tenant" | "identifier" | "value" | "file" | "certificate" | "thumbprint" | "entry" | "object" | "job" | "computer" | "person" | "path" | "profile" | "host" | "folder" | "database";

/** Says names, or what stands for them. */
export interface Naming {
  /** A name as a whole. */
  of(kind: NameKind, name: string): string;
  /** A DNS name, with a port or not, or an address. */
  host(name: string): string;
  domain(name: string): string;
  /** `user@domain`, `DOMAIN\user`, a distinguished name, or a user's name alone. */
  account(name: string): string;
  /** Text in which names may stand. */
  text(text: string): string;
  isName(text: string): boolean;
}

/** Names as they are. */
export const plainNaming: Naming = {
  of: (_kind, name) => name,
  host: (name) => name,
  domain: (name) => name,
  account: (name) => name,
  text: (text) => text,
  isName: () => false,
};

/** A label in front of a public suffix such as `co.uk` is no domain of anybody. */
const OWN_LABEL = 4;

export class StandIns implements Naming {
  readonly #matcher = new Matcher<string>();
  readonly #known = new Map<string, string>();
  readonly #counts = new Map<NameKind, number>();
  /** What only looked like a name in a text: no part of it is looked for elsewhere. */
  readonly #found = new Map<string, string>();

  of(kind: NameKind, name: string): string {
    return this.#known.get(folded(name)) ?? this.#keep(name, this.#next(kind), spellingsOf(name));
  }

  host(name: string): string {
    const [, bare = name, port = ""] = /^(.+?)(:\d+)?$/s.exec(name) ?? [];
    if (isIP(name) !== 0) return this.of("address", name);
    return `${isIP(bare) === 0 ? this.#hostName(bare) : this.of("address", bare)}${port}`;
  }

  domain(name: string): string {
    const kept = this.#known.get(folded(name)) ?? this.#ofVendor(name);
    if (kept !== null) return kept;
    const label = this.#next("domain");
    const standIn = `${label}.example`;
    this.#keep(name, standIn, spellingsOfDomain(name));
    this.#matcher.add(componentsOf(name), componentsOf(standIn));
    const [first = "", ...rest] = name.split(".");
    // Its NetBIOS name is most often the first label, of at most 15 characters.
    for (const form of [...spellingsOfDomain(first), first.slice(0, 15)]) this.#keep(form, label, [form]);
    if (rest.length > 1 && (rest[0]?.length ?? 0) >= OWN_LABEL) this.domain(rest.join("."));
    return standIn;
  }

  account(name: string): string {
    const known = this.#known.get(folded(name));
    if (known !== undefined) return known;
    const [, netbios, after] = /^([^\\]+)\\(.+)$/s.exec(name) ?? [];
    if (netbios !== undefined && after !== undefined) return this.#keep(name, `${this.of("domain", netbios)}\\${this.of("account", after)}`, spellingsOf(name));
    const [, user, domain] = /^(.+)@([^@]+)$/s.exec(name) ?? [];
    if (user !== undefined && domain !== undefined) return this.#keep(name, `${this.of("account", user)}@${this.domain(domain)}`, spellingsOf(name));
    if (!/^\w+=/.test(name)) return this.of("account", name);
    for (const [, value = ""] of name.matchAll(/(?:CN|OU|UID)=((?:\\.|[^,\\])+)/gi)) this.of("object", value.replaceAll(/\\(.)/g, "$1"));
    return this.of("entry", name);
  }

  text(text: string): string {
    const all = this.#matcher.keyOf(text);
    const found = findNames(text);
    let next = 0;
    let out = "";
    let from = 0;
    for (let place = 0; place < text.length; ) {
      while (next < found.length && (found[next]?.to ?? 0) <= place) next += 1;
      const name = this.#matcher.at(all, place);
      const seen = found[next];
      // One that began inside a name goes on behind it.
      const looks = seen !== undefined && seen.from <= place ? seen.to - place : 0;
      if (name === null && looks === 0) {
        place += 1;
        continue;
      }
      const isName = name !== null && name.length >= looks;
      const length = isName ? name.length : looks;
      out += text.slice(from, place) + (isName ? name.value : this.#foundName(seen, text.slice(place, place + length)));
      place += length;
      from = place;
    }
    return out + text.slice(from);
  }

  isName(text: string): boolean {
    return this.#known.has(folded(text));
  }

  #hostName(name: string): string {
    const kept = this.#known.get(folded(name)) ?? this.#ofVendor(name);
    if (kept !== null) return kept;
    const [first = "", ...rest] = name.split(".");
    const label = this.#next("server");
    const standIn = rest.length === 0 ? label : `${label}.${this.domain(rest.join("."))}`;
    this.#keep(name, standIn, spellingsOfDomain(name));
    this.#keep(first, label, spellingsOfDomain(first));
    return standIn;
  }

  #ofVendor(name: string): string | null {
    const vendor = vendorHost(name);
    if (vendor === null) return null;
    if (vendor.customer === "") return name;
    return this.#keep(name, `${this.of("tenant", vendor.customer)}.${vendor.suffix}`, spellingsOfDomain(name));
  }

  #foundName(seen: Found | undefined, text: string): string {
    const kind = seen?.kind ?? "value";
    if (kind === "host") {
      const vendor = vendorHost(text);
      if (vendor?.customer === "") return text;
    }
    const key = folded(text);
    const kept = this.#known.get(key) ?? this.#found.get(key) ?? this.#next(kind);
    this.#found.set(key, kept);
    return kept;
  }

  #keep(name: string, standIn: string, spellings: readonly string[]): string {
    const key = folded(name);
    if (!this.#known.has(key)) this.#known.set(key, standIn);
    for (const spelling of spellings) this.#matcher.add(spelling, standIn);
    return standIn;
  }

  #next(kind: NameKind): string {
    const count = (this.#counts.get(kind) ?? 0) + 1;
    this.#counts.set(kind, count);
    return `${kind}-${count}`;
  }
}
