/** A fingerprint of the contract: main and renderer compare theirs, so that an old page never talks to a newer main. */
import { getEventIteratorSchemaDetails, isContractProcedure, type AnyContractRouter, type AnySchema } from "@orpc/contract";
import { z } from "zod";
import { builtHash } from "./built-hash.ts";
import { contract } from "./index.ts";

/**
 * Writes schemas down as the definitions they were made from: data only, every schema once and by number afterwards.
 * Takes a few milliseconds, where JSON Schema takes ten times that at every start.
 */
class Description {
  readonly #numbers = new Map<object, number>();
  readonly #parts: string[] = [];

  add(label: string, value: unknown): void {
    this.#parts.push(label);
    this.#write(value);
  }

  toString(): string {
    return this.#parts.join(" ");
  }

  #write(value: unknown): void {
    if (typeof value !== "object" || value === null) {
      // A function has no stable text: bundlers rewrite it.
      this.#parts.push(typeof value === "function" ? "function" : String(value));
      return;
    }
    const number = this.#numbers.get(value);
    if (number !== undefined) {
      this.#parts.push(`#${number}`);
      return;
    }
    this.#numbers.set(value, this.#numbers.size);
    if (value instanceof RegExp) this.#parts.push(String(value));
    else if (value instanceof z.ZodType || value instanceof z.core.$ZodCheck) this.#write(value._zod.def);
    else if (Array.isArray(value)) for (const item of value) this.add("-", item);
    else for (const [key, item] of Object.entries(value)) this.add(key, item);
    this.#parts.push(".");
  }
}

function addSchema(description: Description, label: string, schema: AnySchema | undefined): void {
  const stream = getEventIteratorSchemaDetails(schema);
  if (stream === undefined) {
    description.add(label, schema);
    return;
  }
  addSchema(description, `${label} yields`, stream.yields);
  addSchema(description, `${label} returns`, stream.returns);
}

function addRouter(description: Description, path: string, router: AnyContractRouter): void {
  if (isContractProcedure(router)) {
    addSchema(description, `${path} input`, router["~orpc"].inputSchema);
    addSchema(description, `${path} output`, router["~orpc"].outputSchema);
    return;
  }
  const parts = Object.entries(router).toSorted(([a], [b]) => (a < b ? -1 : 1));
  for (const [name, part] of parts) addRouter(description, `${path}/${name}`, part);
}

/** FNV-1a over UTF-16 code units, 32 bits, from a start value: tells builds apart, protects nothing. */
function fnv1a(text: string, start: number): string {
  let hash = start;
  for (let index = 0; index < text.length; index += 1) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  return (hash >>> 0).toString(16).padStart(8, "0");
}

/** The fingerprint of any contract. 16 hexadecimal digits. */
export function hashOf(router: AnyContractRouter): string {
  const description = new Description();
  addRouter(description, "", router);
  const text = description.toString();
  return fnv1a(text, 0x811c9dc5) + fnv1a(text, 0x01234567);
}

/** The contract's fingerprint, the same on both sides of one build: put in by the build, reckoned when run from sources. */
export function contractHash(): string {
  return builtHash ?? hashOf(contract);
}
