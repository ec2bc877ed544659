import { z } from "zod";
import type { CertificateSummary } from "../../../../shared/model/certificate.ts";
import { CERTIFICATE_FILE_LIMIT } from "../../../../shared/rules/file-limits.ts";
import { certificateLine } from "../../../certificates/batch.ts";
import { inOrder, readCertificate } from "../../../certificates/index.ts";
import { refused, type Reading } from "../../../certificates/refusal.ts";
import { readLimited } from "../../shared/read-limited.ts";
import { exitCodeOf, exitCodes } from "../exit-codes.ts";
import { isoTime, print, printable, writeLine } from "../output.ts";
import { inputLines, parseLine, readPassword } from "../standard-input.ts";
import { certificateFacts } from "../../../../renderer/text/certificate.ts";
import { say } from "../../../../renderer/text/text.ts";
import { word } from "../take.ts";
import { VerbFailure, type Verb, type VerbContext } from "../verb.ts";

const lineSchema = z.object({ file: z.string(), password: z.string().nullable().default(null) });

/** Reads certificate files on this machine; needs no data folder. */
export const certificate: Verb = {
  name: "certificate",
  forms: [
    {
      choice: null,
      meaning: "describe a PFX or P12 file",
      words: [{ name: "FILE", completes: "file" }],
      options: {},
      notes: ["Its password comes on standard input: nothing, or an empty line, where it has none."],
      examples: [{ line: "messaging-console certificate hq.pfx < password.txt", meaning: "with the password of a file" }],
      run: runOnce,
    },
    {
      choice: "--batch",
      meaning: "describe many, in order, a line each",
      words: [],
      options: {},
      notes: ['One {"file", "password"} a line on standard input; one JSON answer a line.'],
      examples: [{ line: "messaging-console certificate --batch < files.jsonl > answers.jsonl", meaning: "a folder in one go" }],
      run: runBatch,
    },
  ],
};

async function runOnce(context: VerbContext) {
  const { inspection } = await readFile(word(context, 0), await readPassword(context), context.signal);
  if (!inspection.opens && !context.json) throw new VerbFailure(inspection.fault);
  print(context, inspection, () => (inspection.opens ? describe(inspection.summary) : ""));
  return inspection.opens ? exitCodes.ok : exitCodeOf(inspection.fault);
}

async function runBatch({ stdin, stdout, signal }: VerbContext) {
  const read = async (line: string | null) => {
    const asked = lineSchema.safeParse(parseLine(line));
    return asked.success ? readFile(asked.data.file, asked.data.password, signal) : refused({ kind: "unreadable", what: "not-json" });
  };
  for await (const reading of inOrder(inputLines(stdin, signal), read)) await writeLine(stdout, JSON.stringify(certificateLine(reading)));
  return exitCodes.ok;
}

async function readFile(file: string, password: string | null, signal: AbortSignal): Promise<Reading> {
  const bytes = await readLimited(file, CERTIFICATE_FILE_LIMIT);
  return bytes.ok ? readCertificate({ bytes: bytes.value, password, now: Date.now(), withKey: false }, signal) : refused(bytes.fault);
}

function describe(summary: CertificateSummary): string {
  const leaf = summary.certificates > 0;
  const rows: readonly (readonly [string, string])[] = [
    ...summary.verdicts.map((verdict, index) => [index === 0 ? "Verdict" : "", say(`certificate-bench.verdict-${verdict}`)] as const),
    ["Subject", leaf ? summary.subject : "no certificate"],
    ["Issuer", summary.issuer],
    ["Serial number", summary.serialNumber],
    ["SHA-1", summary.thumbprintSha1],
    ["SHA-256", summary.thumbprintSha256],
    ["Valid from", leaf ? (isoTime(summary.notBefore) ?? "") : ""],
    ["Valid until", leaf ? (isoTime(summary.notAfter) ?? "") : ""],
    ["Key", `${summary.keyType}${summary.hasPrivateKey ? "" : " (no private key in the file)"}`],
    ["Encryption", [summary.cipher, ...summary.cipherNames].join(", ")],
    ["MAC", [summary.mac, summary.integrity === "absent" ? null : summary.integrity].filter((part) => part !== null).join(", ")],
    ["Certificates", String(summary.certificates)],
    ...certificateFacts(summary).flatMap(({ label, lines }) => lines.map((line, index) => [index === 0 ? label : "", line] as const)),
  ];
  const shown = rows.filter(([, value]) => value !== "");
  return shown.map(([label, value]) => `${label.padEnd(18)} ${printable(value)}`).join("\n");
}
