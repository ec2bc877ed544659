/** Secrets on standard input: never on the command line, where every process of the account could read them. */
import type { Readable } from "node:stream";
import { z } from "zod";
import { parseJson } from "../../../shared/json.ts";
import { UsageError } from "./verb.ts";

/** How long a pipe that says nothing is waited for when nobody asked to, in milliseconds. */
const patienceMs = 1_000;
const sizeLimit = 64 * 1024;

const flatSchema = z.record(z.string(), z.string());
const nestedSchema = z.record(z.string(), z.union([z.string(), flatSchema]));

/** Secrets by name. `{ "messaging": { "password": … } }` means the same as `messaging.password=…`. */
export function parseSecrets(text: string): ReadonlyMap<string, string> {
  // Blanks at the end of a line may belong to a password.
  const given = text.replace(/^\uFEFF/, "").trimStart();
  if (given === "") return new Map();
  return given.startsWith("{") ? fromJson(given) : fromLines(given);
}

function fromJson(text: string): ReadonlyMap<string, string> {
  const given = parseJson(text);
  if (given === undefined) throw new UsageError("standard input is not valid JSON");
  const decoded = nestedSchema.safeParse(given);
  if (!decoded.success) throw new UsageError("standard input is not an object of texts");
  const entries = Object.entries(decoded.data).flatMap(([name, value]): readonly (readonly [string, string])[] =>
    typeof value === "string" ? [[name, value]] : Object.entries(value).map(([field, secret]) => [`${name}.${field}`, secret] as const),
  );
  return checked(new Map(entries));
}

function fromLines(text: string): ReadonlyMap<string, string> {
  const secrets = new Map<string, string>();
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    if (line.trim() === "") continue;
    const equals = line.indexOf("=");
    if (equals < 1) throw new UsageError(`line ${index + 1} of standard input is not name=value`);
    secrets.set(line.slice(0, equals).trim(), line.slice(equals + 1));
  }
  return checked(secrets);
}

function checked(secrets: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  for (const name of secrets.keys()) {
    if (name !== "directory.password" && !/^messaging\.[\w-]+$/.test(name)) throw new UsageError("standard input names a secret that does not exist");
  }
  return secrets;
}

export type SecretsMode = "wait" | "if-offered" | "none";

/** Reads standard input to its end. A terminal is never read. */
export async function readSecrets(stdin: Readable & { readonly isTTY?: boolean }, mode: SecretsMode): Promise<ReadonlyMap<string, string>> {
  if (mode === "none" || stdin.isTTY === true) return new Map();
  const chunks: Buffer[] = [];
  let size = 0;
  await new Promise<void>((resolve, reject) => {
    const timer = mode === "wait" ? undefined : setTimeout(() => settle(), patienceMs);
    const settle = (problem?: Error) => {
      clearTimeout(timer);
      stdin.removeListener("data", onData).pause();
      if (problem === undefined) resolve();
      else reject(problem);
    };
    const onData = (chunk: Buffer | string) => {
      clearTimeout(timer);
      const bytes = Buffer.from(chunk);
      size += bytes.length;
      if (size > sizeLimit) settle(new UsageError("standard input is too long"));
      else chunks.push(bytes);
    };
    stdin.on("data", onData);
    stdin.once("end", () => settle());
    stdin.once("error", () => settle());
  });
  return parseSecrets(Buffer.concat(chunks).toString("utf8"));
}
