/**
 * Fields that a newer build added to stored documents and this one does not know. They are kept where they stand and
 * written back, so that a save by an older build takes nothing away from the newer one.
 */
import { z } from "zod";

type Fields = Readonly<Record<string, unknown>>;

function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** What makes two objects in the same place different things: nothing of the one belongs to the other. */
const IDENTITY = ["provider", "kind", "id", "thumbprintSha256"];

function isOther(from: Fields, to: Fields): boolean {
  return IDENTITY.some((key) => typeof from[key] === "string" && typeof to[key] === "string" && from[key] !== to[key]);
}

function fieldsOf(shape: Readonly<Record<string, z.core.$ZodType>>, from: Fields, to: Fields): Fields {
  const kept = Object.entries(from).filter(([key]) => !(key in shape));
  const known = Object.entries(to).map(([key, value]) => [key, shape[key] === undefined ? value : carry(shape[key], from[key], value)] as const);
  return Object.fromEntries([...known, ...kept]);
}

/** Items with a name are the same item wherever they stand in the list; others where they stand. */
function itemsOf(element: z.core.$ZodType, from: readonly unknown[], to: readonly unknown[]): readonly unknown[] {
  const named = new Map(from.flatMap((item) => (isFields(item) && typeof item["name"] === "string" ? [[item["name"], item] as const] : [])));
  return to.map((item, index) => carry(element, isFields(item) && typeof item["name"] === "string" ? named.get(item["name"]) : from[index], item));
}

function carry(schema: z.core.$ZodType, from: unknown, to: unknown): unknown {
  if (schema instanceof z.ZodNullable || schema instanceof z.ZodOptional || schema instanceof z.ZodDefault || schema instanceof z.ZodCatch) return carry(schema.unwrap(), from, to);
  if (schema instanceof z.ZodUnion) {
    const option = schema.options.find((candidate) => z.safeParse(candidate, to).success);
    return option === undefined ? to : carry(option, from, to);
  }
  if (schema instanceof z.ZodArray) return Array.isArray(from) && Array.isArray(to) ? itemsOf(schema.element, from, to) : to;
  if (!isFields(from) || !isFields(to)) return to;
  if (schema instanceof z.ZodRecord) return Object.fromEntries(Object.entries(to).map(([key, value]) => [key, carry(schema.valueType, from[key], value)]));
  return schema instanceof z.ZodObject && !isOther(from, to) ? fieldsOf(schema.shape, from, to) : to;
}

/** `to`, which `schema` accepts, with the fields of `from` that `schema` does not name, at every depth. */
export function keepUnknown<T>(schema: z.ZodType<T>, from: unknown, to: T): T {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- only fields that the schema does not name are added
  return carry(schema, from, to) as T;
}

/** Decodes a stored text, with the fields that `schema` does not name. Throws when the schema refuses it. */
export function decodeWhole<T>(schema: z.ZodType<T>, text: string): { readonly value: T; readonly hasUnknown: boolean } {
  const raw: unknown = JSON.parse(text);
  const known = schema.parse(raw);
  // As long when written again: there was nothing else in it, and a thousand servers need not be gone through.
  const hasUnknown = JSON.stringify(known).length !== text.length;
  return { value: hasUnknown ? keepUnknown(schema, raw, known) : known, hasUnknown };
}
