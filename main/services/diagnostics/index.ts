/** What support is given in a case: gathered from everything the console knows, and looked through before anybody gets it. */
import { progress } from "../../../shared/contract/progress.ts";
import type { Diagnostics } from "../../../shared/contract/diagnostics.ts";
import { fail, succeed, type Result } from "../../../shared/fault.ts";
import type { ServerStatus } from "../../../shared/model/mail-server.ts";
import { plainNaming } from "../../diagnostics/naming.ts";
import { createSecretGuard, type SecretGuard } from "../../diagnostics/secret-guard.ts";
import { Turns } from "../../diagnostics/turns.ts";
import { zipOf, type ZipEntry } from "../../diagnostics/zip.ts";
import type { LogFile } from "../../ports.ts";
import type { Foundation, WorkOptions } from "../rooms.ts";
import { aboutFacts, settingsFacts } from "./facts.ts";
import { standInsOf } from "./names.ts";
import { readPast, type Past } from "./past.ts";
import { ownSecrets } from "./secrets.ts";
import { eventFacts, statusFacts, storeFacts } from "./stores.ts";
import { Telling } from "./telling.ts";

const CANCELLED = fail({ kind: "cancelled" });
const leakedIn = (file: string) => fail({ kind: "unsupported", why: "diagnostics-secret", detail: file });

const json = (value: unknown) => `${JSON.stringify(value, null, 2)}\n`;

/** As {@link json} writes a list of them, one after the other. */
async function jsonOfEach<T>(entries: readonly T[], turns: Turns, facts: (entry: T) => unknown): Promise<string> {
  const parts: string[] = [];
  for (const entry of entries) {
    parts.push(`  ${JSON.stringify(facts(entry), null, 2).replaceAll("\n", "\n  ")}`);
    await turns.take();
  }
  return parts.length === 0 ? "[]\n" : `[\n${parts.join(",\n")}\n]\n`;
}

export class DiagnosticsService {
  readonly #foundation: Foundation;
  readonly #statusesOf: (storeId: string) => readonly ServerStatus[];

  constructor(foundation: Foundation, statusesOf: (storeId: string) => readonly ServerStatus[]) {
    this.#foundation = foundation;
    this.#statusesOf = statusesOf;
  }

  /** Fails as the contract says, and with `cancelled`. Rejects with what the database throws. */
  async gather(isNamed: boolean, readme: string, options: WorkOptions): Promise<Result<Diagnostics>> {
    const { signal } = options;
    const turns = new Turns();
    const past = await readPast(this.#foundation, { onStore: (done, total) => options.progress(progress("reading-history", { done, total })), goesOn: () => !signal.aborted, turns });
    if (signal.aborted) return CANCELLED;
    const standIns = await standInsOf(this.#foundation, past, turns);
    const guard = createSecretGuard((text) => standIns.isName(text));
    for (const secret of await ownSecrets(this.#foundation, past.documents, turns)) {
      guard.add(secret);
      await turns.take();
    }
    if (signal.aborted) return CANCELLED;
    const telling = new Telling(isNamed ? plainNaming : standIns, guard);
    const entries = [{ name: "README.txt", content: readme }, ...(await this.#facts(telling, past, turns))];
    if (telling.leaked) return leakedIn("*.json");
    const logs = await this.#logs(telling, options, turns);
    if (!logs.ok) return logs;
    const files = [...entries, ...logs.value];
    const leaked = await leakyEntry(guard, files, turns);
    if (leaked !== null) return leakedIn(leaked);
    const at = this.#foundation.ports.clock.now();
    const bytes = await zipOf(files, at);
    if (signal.aborted) return CANCELLED;
    return succeed({
      fileName: `messaging-console-diagnostics-${new Date(at).toISOString().slice(0, 10)}.zip`,
      base64: Buffer.from(bytes).toString("base64"),
      files: files.map(({ name, content }) => ({ name, size: Buffer.byteLength(content) })),
    });
  }

  async #facts(telling: Telling, past: Past, turns: Turns): Promise<readonly ZipEntry[]> {
    const stores = this.#foundation.store.identityStores.all().toSorted((one, other) => one.document.name.localeCompare(other.document.name));
    return [
      { name: "about.json", content: json(aboutFacts(this.#foundation, telling)) },
      { name: "settings.json", content: json(settingsFacts(this.#foundation, telling)) },
      { name: "stores.json", content: await jsonOfEach(stores, turns, (stored) => storeFacts(this.#foundation, telling, stored)) },
      { name: "status-history.json", content: await jsonOfEach(stores, turns, (stored) => statusFacts(telling, stored, this.#statusesOf(stored.id))) },
      { name: "activity.json", content: await jsonOfEach(past.events, turns, (event) => eventFacts(telling, event)) },
    ];
  }

  async #logs(telling: Telling, { signal, progress: tell }: WorkOptions, turns: Turns): Promise<Result<readonly ZipEntry[]>> {
    const logs = await this.#foundation.ports.readLog();
    const total = logs.reduce((sum, { lines }) => sum + lines.length, 0);
    const entries: ZipEntry[] = [];
    let done = 0;
    for (const log of logs) {
      const lines: string[] = [];
      for (const line of log.lines) {
        lines.push(lineOf(telling, line));
        done += 1;
        if (!(await turns.take())) continue;
        tell(progress("reading-log", { done, total }));
        if (signal.aborted) return CANCELLED;
      }
      const entry = logEntry(log, lines);
      if (telling.leaked) return leakedIn(entry.name);
      entries.push(entry);
    }
    return succeed(entries);
  }
}

function lineOf(telling: Telling, line: unknown): string {
  return typeof line === "string" ? telling.text(line) : JSON.stringify(telling.data(line));
}

function logEntry({ name, cut }: LogFile, lines: readonly string[]): ZipEntry {
  return { name: `log/${name}.txt`, content: [...(cut ? ["…"] : []), ...lines, ""].join("\n") };
}

/** The first file in which a secret is after all. */
async function leakyEntry(guard: SecretGuard, entries: readonly ZipEntry[], turns: Turns): Promise<string | null> {
  for (const { name, content } of entries) {
    for (const line of content.split("\n")) {
      if (guard.isIn(line)) return name;
      await turns.take();
    }
  }
  return null;
}
