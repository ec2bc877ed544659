/** The settings of a job as a document says them. */
import { fail, type Issue, type Result } from "../../../../shared/fault.ts";
import { jobSettingsSchema, type JobSettings } from "../../../../shared/model/job.ts";
import { textIssue } from "../../../../shared/rules/plain-text.ts";
import { decodeDocument, inJson } from "../../../../shared/rules/read-document.ts";

/** Decodes settings. Fails with `invalid` and one issue for every entry at fault. */
export function decodeJob(written: unknown): Result<JobSettings> {
  const decoded = decodeDocument(jobSettingsSchema, written);
  if (!decoded.ok) return decoded;
  const path = textIssue(["source", "path"], decoded.value.source.path);
  const issues = [...unknownEntries(written, decoded.value, []), ...(path === null ? [] : inJson([path]))];
  return issues.length === 0 ? decoded : fail({ kind: "invalid", issues });
}

/** What was written and is nowhere in what was understood: somebody meant something by it. */
function unknownEntries(written: unknown, read: unknown, path: Issue["path"]): Issue[] {
  if (typeof written !== "object" || written === null || typeof read !== "object" || read === null) return [];
  const entries: readonly (readonly [string | number, unknown])[] = Array.isArray(written) ? [...written.entries()] : Object.entries(written);
  return entries.flatMap(([key, value]) => (Object.hasOwn(read, key) ? unknownEntries(value, Reflect.get(read, key), [...path, key]) : [{ path: [...path, key], code: "unknown-setting" }]));
}
