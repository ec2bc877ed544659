/** The JSON document of `stores add`, `set` and `get`: read from a file with the place of every entry, printed for one. */
import { z } from "zod";
import { fail, type Result } from "../../../shared/result.ts";
import type { Issue } from "../../../shared/fault.ts";
import { newDocumentSchema, STORED } from "../../../shared/model/written-document.ts";
import { refusal } from "../../../shared/rules/certificate-use.ts";
import { decodeText } from "../../decode-text.ts";
import { readLimited } from "../shared/read-limited.ts";
import { parsePlacedJson, type PlacedJson } from "./placed-json.ts";
import { holdFile } from "./sent-file.ts";
import { take } from "./take.ts";
import { VerbFailure, type ConsoleClient } from "./verb.ts";

/** In bytes. */
const fileLimit = 4 * 1024 * 1024;
/** The paths of certificate files, wherever the rest of the document is right or not. */
const pathsSchema = z.object({ messaging: z.object({ certificates: z.record(z.string(), z.unknown()) }) });
const pathSchema = z.union([z.string(), z.object({ file: z.string() }).transform(({ file }) => file)]);

/** JSON Schema (draft 2020-12) of the document, from the same schemas that decode it. */
export function storeJsonSchema(): unknown {
  return z.toJSONSchema(newDocumentSchema, { io: "input", reused: "ref" });
}

/** A document for a file, in ASCII alone: no code page on its way through a shell can change it. */
export function documentText(document: object, indent: number): string {
  return JSON.stringify(document, null, indent).replaceAll(/[\u007F-\uFFFF]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

/** Reads a document. Fails with `not-found`, with `unreadable` and the place, or with `invalid` where a name stands twice. */
export async function readDocument(file: string): Promise<PlacedJson> {
  const bytes = take(await readLimited(file, fileLimit));
  if (bytes.length > fileLimit) throw new VerbFailure({ kind: "unreadable", what: "too-large", detail: file });
  const text = inFile(file, decodeText(bytes));
  return take(inFile(file, text.ok ? parsePlacedJson(text.value) : text));
}

function inFile<T>(file: string, result: Result<T>): Result<T> {
  return result.ok || result.fault.kind !== "unreadable" ? result : fail({ ...result.fault, detail: file });
}

/** The certificate files that were sent, by path, and why others were not. */
export interface SentFiles {
  readonly files: Readonly<Record<string, string>>;
  readonly issues: readonly Issue[];
}

/** Sends the certificate files that a document names. */
export async function sendFiles(client: ConsoleClient, { value }: PlacedJson): Promise<SentFiles> {
  const named = pathsSchema.safeParse(value);
  const files: Record<string, string> = {};
  const issues: Issue[] = [];
  for (const [field, written] of Object.entries(named.data?.messaging.certificates ?? {})) {
    const { data: file } = pathSchema.safeParse(written);
    if (file === undefined || file === STORED) continue;
    const held = await holdFile(client, "certificate", file);
    if (held.ok) files[file] = held.value.file;
    else issues.push(refusal(["messaging", "certificates", field], held.fault));
  }
  return { files, issues };
}

/** The value, or the end of the verb with the place of each refused entry, and why its file was not sent. */
export function takePlaced<T>(result: Result<T>, { placeOf }: PlacedJson, { issues }: SentFiles): T {
  if (result.ok || result.fault.kind !== "invalid") return take(result);
  const unsent = new Map(issues.map((issue) => [issue.path.join("/"), issue]));
  const told = result.fault.issues.map((issue) => {
    const known = (issue.code === "file-missing" ? unsent.get(issue.path.join("/")) : undefined) ?? {};
    const at = issue.at ?? placeOf(issue.path);
    // What is nowhere in the document has no place in it.
    return { ...issue, ...known, ...(at === undefined || at === placeOf([]) ? {} : { at }) };
  });
  throw new VerbFailure({ kind: "invalid", issues: told });
}
