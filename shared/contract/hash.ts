/** A fingerprint of the contract: main and renderer compare theirs, so that an old page never talks to a newer main. */
import { getEventIteratorSchemaDetails, isContractProcedure, type AnyContractRouter, type AnySchema } from "@orpc/contract";
import { z } from "zod";
import { contract } from "./index.ts";

function describeSchema(schema: AnySchema | undefined): unknown {
  if (schema === undefined) return null;
  const stream = getEventIteratorSchemaDetails(schema);
  if (stream !== undefined) return { yields: describeSchema(stream.yields), returns: describeSchema(stream.returns) };
  return schema instanceof z.ZodType ? z.toJSONSchema(schema, { unrepresentable: "any", io: "input" }) : "unknown";
}

function describeRouter(router: AnyContractRouter): unknown {
  if (isContractProcedure(router)) {
    const { inputSchema, outputSchema } = router["~orpc"];
    return { input: describeSchema(inputSchema), output: describeSchema(outputSchema) };
  }
  const parts = Object.entries(router).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(parts.map(([name, part]) => [name, describeRouter(part)]));
}

/** FNV-1a over UTF-16 code units, 32 bits, from a start value: tells builds apart, protects nothing. */
function fnv1a(text: string, start: number): string {
  let hash = start;
  for (let index = 0; index < text.length; index += 1) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  return (hash >>> 0).toString(16).padStart(8, "0");
}

let known: string | null = null;

/** The contract's fingerprint, the same on both sides of one build. 16 hexadecimal digits. */
export function contractHash(): string {
  if (known === null) {
    const text = JSON.stringify(describeRouter(contract));
    known = fnv1a(text, 0x811c9dc5) + fnv1a(text, 0x01234567);
  }
  return known;
}
