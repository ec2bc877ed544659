/** What is written for others: names as they may be told, secrets not at all. */
import type { Naming } from "../../diagnostics/naming.ts";
import type { SecretGuard } from "../../diagnostics/secret-guard.ts";

/** Entries that hold words of the console's own. */
const OWN_WORDS = new Set(["at", "level", "kind", "state", "reason", "rung", "why", "incident", "phase", "call", "callback", "outcome", "action", "what"]);
const WORD = /^[\w.:+-]{1,64}$/;
const HOSTS = new Set(["host", "server", "controller"]);
const SITES = new Set(["site", "clientSite", "controllerSite"]);

export class Telling {
  readonly naming: Naming;
  readonly #guard: SecretGuard;
  #leaked = false;

  constructor(naming: Naming, guard: SecretGuard) {
    this.naming = naming;
    this.#guard = guard;
  }

  /** Whether a stored secret was in what was given here. */
  get leaked(): boolean {
    return this.#leaked;
  }

  text(text: string): string {
    return this.naming.text(this.#masked(text));
  }

  /** Data with texts in them, entry by entry. */
  data(value: unknown, key = ""): unknown {
    if (typeof value === "string") return this.#entry(key, value);
    if (Array.isArray(value)) return value.map((one) => this.data(one, key));
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, one]) => [WORD.test(name) && !this.naming.isName(name) ? name : this.text(name), this.data(one, name)]));
  }

  #entry(key: string, text: string): string {
    const masked = this.#masked(text);
    if (OWN_WORDS.has(key) && WORD.test(text)) return text;
    if (HOSTS.has(key) && masked !== "" && !/[\s/\\@]/.test(masked)) return this.naming.host(masked);
    if (key === "domain" && masked !== "" && !/[\s/\\@]/.test(masked)) return this.naming.domain(masked);
    if (SITES.has(key) && masked !== "") return this.naming.of("site", masked);
    return this.naming.text(masked);
  }

  #masked(text: string): string {
    this.#leaked ||= this.#guard.isIn(text);
    return this.#guard.mask(text);
  }
}
