/** Settings of jobs: as documents, switched on and off, deleted. */
import path from "node:path";
import { explain } from "../../../../renderer/text/fault.ts";
import { say } from "../../../../renderer/text/text.ts";
import type { JobDetail } from "../../../../shared/contract/jobs.ts";
import type { Issue } from "../../../../shared/fault.ts";
import { nameKey } from "../../../../shared/rules/name-key.ts";
import { exitCodes, type ExitCode } from "../exit-codes.ts";
import { print, printable } from "../output.ts";
import { writeMade } from "../prepared-file.ts";
import { documentText, readDocument, takePlaced } from "../store-document.ts";
import { findStore, required, take, word } from "../take.ts";
import { UsageError, type ConsoleClient, type VerbContext } from "../verb.ts";
import type { PlacedJson } from "../placed-json.ts";
import { decodeJob } from "./job-document.ts";
import { findJob } from "./find.ts";

/** The settings of a job, without its id. */
async function settingsOf(client: ConsoleClient, place: { readonly storeId: string; readonly id: string }) {
  const { job, revision } = take(await client.jobs.get({ storeId: place.storeId, job: place.id }));
  const { id: _id, ...settings } = job;
  return { settings, revision };
}

export async function exportJob(context: VerbContext): Promise<ExitCode> {
  const [, file] = context.words;
  const client = await context.client();
  const job = await findJob(client, context, word(context, 0), ["jobs", "export"]);
  const { settings } = await settingsOf(client, job);
  if (file === undefined) {
    context.stdout.write(`${documentText(settings, context.json ? 0 : 2)}\n`);
    return exitCodes.ok;
  }
  await writeMade(file, () => Promise.resolve({ content: `${documentText(settings, 2)}\n`, made: null }));
  print(context, { store: job.storeName, job: job.name, file: path.resolve(file) }, () => printable(say("job-verbs.exported", { name: job.name, file })));
  return exitCodes.ok;
}

export async function importJob(context: VerbContext): Promise<ExitCode> {
  const written = await readDocument(word(context, 0));
  const settings = takePlaced(decodeJob(written.value), written, { files: {}, issues: [] });
  const client = await context.client();
  const { id: storeId, name: store } = await findStore(client, required(context, "store"));
  const before = take(await client.jobs.list()).find((job) => job.storeId === storeId && nameKey(job.name) === nameKey(settings.name));
  if (before === undefined) {
    tell(context, written, { store, how: "created", detail: takePlaced(await client.jobs.create({ storeId, settings }), written, { files: {}, issues: [] }) });
    return exitCodes.ok;
  }
  const seen = await settingsOf(client, before);
  const detail = takePlaced(await client.jobs.save({ storeId, job: before.id, settings, seen: seen.settings }), written, { files: {}, issues: [] });
  tell(context, written, { store, how: detail.revision === seen.revision ? "not-changed" : "saved", detail });
  return exitCodes.ok;
}

function tell(context: VerbContext, written: PlacedJson, { store, how, detail }: { readonly store: string; readonly how: "created" | "saved" | "not-changed"; readonly detail: JobDetail }): void {
  const { job, revision } = detail;
  const issues = detail.issues.map((issue) => placed(issue, job.mapping.map(({ target }) => target), written));
  print(context, { store, job: job.name, revision, how, issues }, () => [printable(say(`job-verbs.import-${how}`, { name: job.name, store, revision })), ...lacksLines(issues)].join("\n"));
}

function lacksLines(issues: readonly Issue[]): readonly string[] {
  const lines = explain({ kind: "invalid", issues: [...issues] }).detail?.split("\n") ?? [];
  return lines.length === 0 ? [] : [say("job-verbs.lacks"), ...lines.map((line) => printable(`  ${line}`))];
}

/** With its place in the document: a field of the mapping is told by its name, and stands in a list. */
function placed(issue: Issue, targets: readonly string[], { placeOf }: PlacedJson): Issue {
  const [head, name, ...rest] = issue.path;
  const index = head === "mapping" && typeof name === "string" ? targets.findLastIndex((target) => target === name) : -1;
  const at = placeOf(index === -1 ? issue.path : ["mapping", index, ...rest]);
  return at === undefined || at === placeOf([]) ? issue : { ...issue, at };
}

/** Whether its schedule begins it. */
export async function switchJob(context: VerbContext, enabled: boolean): Promise<ExitCode> {
  const client = await context.client();
  const job = await findJob(client, context, word(context, 0), ["jobs", enabled ? "enable" : "disable"]);
  const { settings: seen } = await settingsOf(client, job);
  const { revision } = take(await client.jobs.save({ storeId: job.storeId, job: job.id, settings: { ...seen, enabled }, seen }));
  print(context, { store: job.storeName, job: job.name, enabled, revision }, () => printable(say(enabled ? "job-verbs.now-enabled" : "job-verbs.now-disabled", { name: job.name, store: job.storeName })));
  return exitCodes.ok;
}

export async function removeJob(context: VerbContext): Promise<ExitCode> {
  const client = await context.client();
  const { id, name, storeId, storeName: store } = await findJob(client, context, word(context, 0), ["jobs", "remove"]);
  if (context.options["yes"] !== true) throw new UsageError(`this deletes the job ${name} of ${store}; say so with --yes`, ["jobs", "remove"]);
  take(await client.jobs.remove({ storeId, job: id }));
  print(context, { store, job: name }, () => printable(say("job-verbs.removed", { name, store })));
  return exitCodes.ok;
}
