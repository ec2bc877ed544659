/** What the tests of sources share: files in a folder of their own, read as a job reads them. */
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll } from "vitest";
import { readSource, type SourceReading, type SourceRows } from "../../../../../main/jobs/sources/index.ts";
import type { Progress } from "../../../../../shared/contract/progress.ts";
import type { Result } from "../../../../../shared/fault.ts";
import type { CsvSource } from "../../../../../shared/model/job.ts";

const root = fs.mkdtempSync(path.join(os.tmpdir(), "messaging-console-sources-"));
afterAll(() => fs.rmSync(root, { recursive: true, force: true, maxRetries: 5 }));

/** The console's own data, of which nothing is read. */
export const ownData = path.join(root, "own data");
fs.mkdirSync(ownData);

/** A path in the tests' folder. */
export const at = (name: string): string => path.join(root, name);

/** Writes a file and says where it is. */
export function file(name: string, content: string | Uint8Array): string {
  fs.writeFileSync(at(name), content);
  return at(name);
}

export const options = (more: Partial<SourceReading> = {}): SourceReading => ({ signal: new AbortController().signal, progress: (_event: Progress) => {}, forbidden: ownData, ...more });

export const csvAt = (where: string, more: Partial<CsvSource> = {}): CsvSource => ({ kind: "csv", path: where, delimiter: null, encoding: null, header: true, ...more });

/** Reads a CSV file with this content. */
export async function readText(content: string | Uint8Array, more: Partial<CsvSource> = {}): Promise<Result<SourceRows>> {
  return readSource(csvAt(file("source.csv", content), more), options());
}

/** Reads a sheet of a workbook. */
export async function readBook(where: string, sheet: string | null = null, header = true): Promise<Result<SourceRows>> {
  return readSource({ kind: "excel", path: where, sheet, header }, options());
}
