/** The test vectors in test/lab/vectors, decoded. Their README says where they come from and what the columns mean. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { z } from "zod";

const folder = path.join(import.meta.dirname, "vectors");

const pfxRowSchema = z.object({
  file: z.string(),
  password: z.string().nullable(),
  opens: z.boolean(),
  certificates: z.number(),
  privateKey: z.boolean(),
  keyType: z.string().nullable(),
  subject: z.string().nullable(),
  thumbprintSha256: z.string().nullable(),
  notAfter: z.string().nullable(),
  cipher: z.enum(["legacy", "modern", "none"]).nullable(),
  mac: z.string().nullable(),
  note: z.string(),
});
export type PfxRow = z.infer<typeof pfxRowSchema>;

const regexRowSchema = z.object({
  pattern: z.string(),
  options: z.string(),
  input: z.string(),
  success: z.boolean(),
  value: z.string(),
});
export type RegexRow = z.infer<typeof regexRowSchema>;

/** What OpenSSL says of each container. */
export function pfxRows(): readonly PfxRow[] {
  return z.array(pfxRowSchema).parse(JSON.parse(readFileSync(path.join(folder, "pfx/manifest.json"), "utf8")));
}

/** Containers as administrators bring them, with their passwords; one with two passwords has two rows. */
export function fieldRows(): readonly Pick<PfxRow, "file" | "password">[] {
  return z.array(pfxRowSchema.pick({ file: true, password: true })).parse(JSON.parse(readFileSync(path.join(folder, "pfx/field.json"), "utf8")));
}

/** Where a container lies, by its row's `file`. */
export function pfxFile(file: string): string {
  return path.join(folder, "pfx", file);
}

/** A container's bytes, by its row's `file`. */
export function pfxBytes(file: string): Uint8Array {
  return readFileSync(pfxFile(file));
}

/** What .NET answers to each pattern and input. */
export function regexRows(): readonly RegexRow[] {
  return z.array(regexRowSchema).parse(JSON.parse(readFileSync(path.join(folder, "regex/dotnet-match.json"), "utf8")));
}

/** The isemail tests as they stand, XML. */
export function isemailTests(): string {
  return readFileSync(path.join(folder, "email/isemail-tests.xml"), "utf8");
}
