/** What a document says, decoded strictly: an entry that is not known, or not of its kind, is refused by name. */
import type { z } from "zod";
import { fail, succeed, type Issue, type Result } from "../fault.ts";

/** The characters that JSON writes as a backslash and a letter: what is left of `CONTOSO\new` when the backslash is not doubled. */
const JSON_ESCAPES = new Set(["U+0008", "U+0009", "U+000A", "U+000C", "U+000D"]);

/** Decodes a document. Fails with `invalid` and one issue for every entry at fault. */
export function decodeDocument<T>(schema: z.ZodType<T>, written: unknown): Result<T> {
  const decoded = schema.safeParse(written);
  const issues = [...hiddenKeys(written), ...(decoded.error?.issues ?? []).flatMap((issue) => issuesOf(issue, written))];
  return decoded.success && issues.length === 0 ? succeed(decoded.data) : fail({ kind: "invalid", issues });
}

/** The same issues with the advice for a text in JSON. */
export function inJson(issues: readonly Issue[]): Issue[] {
  return issues.map((issue) => (JSON_ESCAPES.has(String(issue.facts?.["character"])) ? { ...issue, code: "backslash-once" } : issue));
}

/** A key that JavaScript keeps to itself is left out by decoders without a word. */
function hiddenKeys(value: unknown, path: Issue["path"] = []): Issue[] {
  if (typeof value !== "object" || value === null) return [];
  const own = Object.hasOwn(value, "__proto__") ? [{ path: [...path, "__proto__"], code: "unknown-entry" }] : [];
  const steps: [string | number, unknown][] = Array.isArray(value) ? [...value.entries()] : Object.entries(value);
  return [...own, ...steps.flatMap(([key, inner]) => (key === "__proto__" ? [] : hiddenKeys(inner, [...path, key])))];
}

function issuesOf(issue: z.core.$ZodIssue, written: unknown): Issue[] {
  const path = issue.path.map((part) => (typeof part === "symbol" ? String(part) : part));
  switch (issue.code) {
    case "unrecognized_keys":
      return issue.keys.filter((key) => key !== "__proto__").map((key) => ({ path: [...path, key], code: "unknown-entry" }));
    case "invalid_type":
      return [valueAt(written, path) === undefined ? { path, code: "missing" } : { path, code: "wrong-kind", facts: { expected: issue.expected } }];
    case "invalid_value":
      return [oneOf(path, issue.values.map(String), written)];
    case "invalid_union":
      return issue.discriminator === undefined ? inBranch(issue, path, written) : [oneOf(path, optionsOf(issue), written)];
    case "too_small":
      return [issue.origin === "string" ? { path, code: "required" } : { path, code: "range" }];
    case "too_big":
      return [{ path, code: issue.origin === "string" ? "too-long" : issue.origin === "array" ? "too-many" : "range" }];
    case "invalid_format":
    case "not_multiple_of":
    case "invalid_key":
    case "invalid_element":
    case "custom":
    default:
      return [{ path, code: issue.code }];
  }
}

/** What is wrong within the form that was written, such as an object where a text could stand as well. */
function inBranch({ errors }: z.core.$ZodIssueInvalidUnion, path: Issue["path"], written: unknown): Issue[] {
  const begun = errors.find((branch) => branch.every((issue) => issue.code !== "invalid_type" || issue.path.length > 0));
  if (begun === undefined) return [{ path, code: "wrong-kind", facts: { expected: "single-value" } }];
  return begun.flatMap((issue) => issuesOf({ ...issue, path: [...path, ...issue.path] }, written));
}

function optionsOf(issue: z.core.$ZodIssueInvalidUnion): string[] {
  return "options" in issue && Array.isArray(issue.options) ? issue.options.map(String) : [];
}

function oneOf(path: Issue["path"], values: readonly string[], written: unknown): Issue {
  // What stands in the place of "set" may be a secret: it is not said to be one of a list, but that it does not belong there.
  if (path[0] === "secrets") return { path, code: "secret-in-document" };
  return valueAt(written, path) === undefined ? { path, code: "missing" } : { path, code: "not-one-of", facts: { values: values.join(", ") } };
}

function valueAt(value: unknown, path: Issue["path"]): unknown {
  return path.reduce<unknown>((at, step) => (typeof at === "object" && at !== null ? Reflect.get(at, step) : undefined), value);
}
