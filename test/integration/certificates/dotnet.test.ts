/** Every container of the vectors in one table: our answer, the verdicts, and what .NET says of it in the same run. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import { z } from "zod";
import { powerShellTool } from "../../../build/powershell-tool.ts";
import { readCertificate } from "../../../main/certificates/index.ts";
import { fieldRows, pfxBytes, pfxFile, pfxRows } from "../../lab/vectors.ts";
import { DOTNET_DIFFERENCES, type Difference } from "./dotnet-differences.ts";
import { restThreads } from "../../lab/rest-threads.ts";

afterEach(restThreads);

interface Row {
  readonly name: string;
  readonly file: string;
  readonly password: string | null;
}

interface Answer {
  /** SHA-1; null where the file does not open. */
  readonly thumbprint: string | null;
  readonly opens: boolean;
  readonly key: boolean;
  readonly words: string;
  /** What we say that .NET does. Null where .NET speaks for itself, and where nothing is said. */
  readonly foretold: string | null;
}

const fields = fieldRows();
const rows: readonly Row[] = [
  // A file with several passwords has a row each.
  ...fields.map(({ file, password }) => ({ file, password, name: fields.filter((other) => other.file === file).length > 1 ? `${file} ${String(password)}` : file })),
  ...pfxRows().map(({ file, password }) => ({ name: file, file, password })),
];
const tool = powerShellTool();

async function ours({ file, password }: Row): Promise<Answer> {
  const { inspection } = await readCertificate({ bytes: pfxBytes(file), password, now: Date.parse("2026-12-01T00:00:00Z"), withKey: false });
  if (!inspection.opens) return { opens: false, thumbprint: null, key: false, words: JSON.stringify(inspection.fault), foretold: null };
  const { thumbprintSha1, identities, verdicts, readers, certificates } = inspection.summary;
  // That it asks for a certificate is a verdict of its own.
  const foretold = certificates === 0 ? null : (readers.find(({ reader }) => reader === "dotnet")?.reads ?? null);
  return { opens: true, thumbprint: thumbprintSha1 === "" ? null : thumbprintSha1, key: identities.length > 0, words: verdicts.join(", "), foretold };
}

const answerSchema = z.object({ thumbprint: z.string().nullable(), key: z.boolean(), error: z.string().nullable() });

function dotNet(powershell: string): readonly Answer[] {
  const folder = mkdtempSync(path.join(tmpdir(), "containers-"));
  try {
    const list = path.join(folder, "rows.json");
    writeFileSync(list, JSON.stringify(rows.map(({ file, password }) => ({ path: pfxFile(file), password }))));
    const script = path.join(import.meta.dirname, "../../lab/x509-loader.ps1");
    const { stdout, stderr, status } = spawnSync(powershell, ["-NoLogo", "-NoProfile", "-NonInteractive", "-File", script, list], {
      encoding: "utf8",
      env: { ...process.env, NO_COLOR: "1" },
      timeout: 150_000,
    });
    if (status !== 0) throw new Error(`PowerShell ended with ${String(status)}: ${stderr}`);
    return stdout
      .trimEnd()
      .split("\n")
      .map((line) => answerSchema.parse(JSON.parse(line)))
      .map(({ thumbprint, key, error }) => ({ opens: thumbprint !== null, thumbprint, key, words: error ?? (key ? "with its key" : "without a key"), foretold: null }));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function differenceOf(our: Answer, theirs: Answer): Difference | null {
  if (our.opens !== theirs.opens) return "opens";
  if (our.thumbprint !== theirs.thumbprint) return "certificate";
  return our.key === theirs.key ? null : "key";
}

describe("every container", () => {
  test(`in one table, with .NET's answer (${tool ?? "not asked: PowerShell is not on this machine"})`, async ({ skip }) => {
    const our = await Promise.all(rows.map(ours));
    const theirs = tool === null ? [] : dotNet(tool);
    const found: Record<string, Difference> = {};
    const table = rows.map(({ name, password }, i) => {
      const [answer, other] = [our[i], theirs[i]];
      const difference = answer === undefined || other === undefined ? null : differenceOf(answer, other);
      if (difference !== null) found[name] = difference;
      const said = other === undefined ? "" : ` | .NET: ${other.words}${difference === null ? "" : ` | ${difference}: ${DOTNET_DIFFERENCES[name]?.reason ?? "NO REASON"}`}`;
      return `${name.padEnd(58)} ${JSON.stringify(password).padEnd(16)} ${answer?.opens === true ? "opens" : "closed"} | ${answer?.words ?? ""}${said}`;
    });
    process.stdout.write(`${table.join("\n")}\n${rows.length} files, ${Object.keys(found).length} answers differ from .NET's, ${Object.keys(DOTNET_DIFFERENCES).length} reasons\n`);
    skip(tool === null, "PowerShell is not on this machine: .NET was not asked");
    expect(theirs).toHaveLength(rows.length);
    const foretold = our.flatMap((answer, i) => (answer.foretold === null || answer.foretold === (theirs[i]?.opens === true ? "yes" : "no") ? [] : [rows[i]?.name]));
    expect(foretold).toEqual([]);
    // A difference without a reason fails, and so does a reason without a difference.
    expect(found).toEqual(Object.fromEntries(Object.entries(DOTNET_DIFFERENCES).map(([name, { difference }]) => [name, difference])));
  }, 240_000);
});
