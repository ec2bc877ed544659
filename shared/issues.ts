/** What a schema refused, as the issues of an `invalid` fault. */
import type { z } from "zod";
import { issueSchema, type Issue } from "./fault.ts";

const factsSchema = issueSchema.shape.facts.unwrap();

/**
 * One issue for each of zod's. `code` says which of its texts picks the sentence: the `message` of schemas whose messages
 * are codes, else zod's own `code`, such as `too_small`.
 */
export function issuesOf(error: z.ZodError, code: "message" | "code"): Issue[] {
  return error.issues.map((issue) => ({
    path: issue.path.map((part) => (typeof part === "symbol" ? String(part) : part)),
    code: issue[code],
    // A schema's own refusals carry the facts of their sentence as `params`.
    ...(issue.code === "custom" && issue.params !== undefined ? { facts: factsSchema.parse(issue.params) } : {}),
  }));
}
