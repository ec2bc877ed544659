/** Secrets on standard input: never on the command line, where every process of the account could read them. */
import { z } from "zod";
import { DIRECTORY_SECRET, messagingSecret } from "../../../shared/model/written-document.ts";
import { decodeText } from "../../decode-text.ts";
import { parsePlacedJson } from "./placed-json.ts";
import { readToEnd, type InputContext } from "./standard-input.ts";
import { UsageError } from "./verb.ts";

/** In bytes. */
const sizeLimit = 64 * 1024;

const flatSchema = z.record(z.string(), z.string());
const nestedSchema = z.record(z.string(), z.union([z.string(), flatSchema]));
type Entries = readonly (readonly [name: string, secret: string])[];

/** Secrets by name. `{ "messaging": { "password": … } }` means the same as `messaging.password=…`. */
export function parseSecrets(text: string): ReadonlyMap<string, string> {
  // Blanks at the end of a line may belong to a password.
  const given = text.trimStart();
  const entries = given === "" ? [] : given.startsWith("{") ? fromJson(text) : fromLines(text);
  const names = entries.map(([name]) => name);
  const twice = names.find((name, index) => names.indexOf(name) < index);
  if (twice !== undefined && isName(twice)) throw new UsageError(`standard input names ${twice} twice`);
  if (!names.every(isName)) throw new UsageError(`standard input names a secret that does not exist; names are ${DIRECTORY_SECRET} and ${messagingSecret("FIELD")}`);
  return new Map(entries);
}

/** What may be said of a name: one that is wrong could be a secret itself. */
function isName(name: string): boolean {
  return name === DIRECTORY_SECRET || /^messaging\.[A-Za-z][\w-]*$/.test(name);
}

function fromJson(text: string): Entries {
  const given = parsePlacedJson(text);
  if (!given.ok) throw new UsageError(jsonProblem(given.fault));
  const decoded = nestedSchema.safeParse(given.value.value);
  if (!decoded.success) throw new UsageError("standard input is not an object of texts");
  return Object.entries(decoded.data).flatMap(([name, value]): Entries =>
    typeof value === "string" ? [[name, value]] : Object.entries(value).map(([field, secret]) => [`${name}.${field}`, secret] as const),
  );
}

function jsonProblem(fault: Extract<ReturnType<typeof parsePlacedJson>, { ok: false }>["fault"]): string {
  const at = fault.kind === "unreadable" ? fault.at : fault.kind === "invalid" ? fault.issues[0]?.at : undefined;
  const where = at === undefined ? "" : ` at line ${at.line}, column ${at.column}`;
  if (fault.kind === "invalid") return `standard input names something twice${where}`;
  if (fault.kind === "unreadable" && fault.what === "json-escape") return `standard input is not valid JSON${where}: write every backslash twice`;
  return `standard input is not valid JSON${where}`;
}

function fromLines(text: string): Entries {
  return text.split(/\r?\n/).flatMap((line, index): Entries => {
    if (line.trim() === "") return [];
    const equals = line.indexOf("=");
    if (equals < 1) throw new UsageError(`line ${index + 1} of standard input is not name=value`);
    return [[line.slice(0, equals).trim(), line.slice(equals + 1)]];
  });
}

/** `required`: nothing on standard input is refused. */
export type SecretsMode = "required" | "if-offered" | "none";

/** The secrets on standard input, which is read to its end. Throws {@link UsageError} when they make no sense. */
export async function readSecrets(context: InputContext, mode: SecretsMode): Promise<ReadonlyMap<string, string>> {
  const bytes = mode === "none" ? null : await readToEnd(context, sizeLimit);
  if (bytes === null && mode === "required") throw new UsageError("--secrets is given, but nothing comes on standard input; a terminal is not read");
  if (bytes === null) return new Map();
  const text = decodeText(bytes);
  if (text.ok) return parseSecrets(text.value);
  const at = text.fault.kind === "unreadable" ? text.fault.at : undefined;
  throw new UsageError(`standard input is not UTF-8${at === undefined ? "" : ` at line ${at.line}, column ${at.column}`}: write it as UTF-8, or as UTF-16`);
}
