/** What support is given in a case: gathered from everything the console knows, and looked through before anybody gets it. */
import { setImmediate } from "node:timers/promises";
import { progress } from "../../../shared/contract/progress.ts";
import type { Diagnostics } from "../../../shared/contract/diagnostics.ts";
import { fail, succeed, type Result } from "../../../shared/fault.ts";
import type { ServerStatus } from "../../../shared/model/mail-server.ts";
import { plainNaming } from "../../diagnostics/naming.ts";
import { createSecretGuard, type SecretGuard } from "../../diagnostics/secret-guard.ts";
import { zipOf, type ZipEntry } from "../../diagnostics/zip.ts";
import type { LogFile } from "../../ports.ts";
import type { Foundation, WorkOptions } from "../rooms.ts";
import { aboutFacts, settingsFacts } from "./facts.ts";
import { standInsOf } from "./names.ts";
import { readPast, type Past } from "./past.ts";
import { ownSecrets } from "./secrets.ts";
import { eventFacts, statusFacts, storeFacts } from "./stores.ts";
import { Telling } from "./telling.ts";

/** So many characters are worked on between two turns of the event loop: a few milliseconds. */
const PIECE = 32_768;

const CANCELLED = fail({ kind: "cancelled" });
const leakedIn = (file: string) => fail({ kind: "unsupported", why: "diagnostics-secret", detail: file });

const json = (value: unknown) => `${JSON.stringify(value, null, 2)}\n`;

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
    const past = await readPast(this.#foundation, { onStore: (done, total) => options.progress(progress("reading-history", { done, total })), goesOn: () => !signal.aborted });
    if (signal.aborted) return CANCELLED;
    const standIns = standInsOf(this.#foundation, past);
    const guard = createSecretGuard(await ownSecrets(this.#foundation, past.documents), (text) => standIns.isName(text));
    const telling = new Telling(isNamed ? plainNaming : standIns, guard);
    const entries = [{ name: "README.txt", content: readme }, ...this.#facts(telling, past)];
    if (telling.leaked) return leakedIn("*.json");
    const logs = await this.#logs(telling, options);
    if (!logs.ok) return logs;
    const files = [...entries, ...logs.value];
    const leaked = await leakyEntry(guard, files);
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

  #facts(telling: Telling, past: Past): readonly ZipEntry[] {
    const stores = this.#foundation.store.identityStores.list().toSorted((one, other) => one.document.name.localeCompare(other.document.name));
    return [
      { name: "about.json", content: json(aboutFacts(this.#foundation, telling)) },
      { name: "settings.json", content: json(settingsFacts(this.#foundation, telling)) },
      { name: "stores.json", content: json(stores.map((stored) => storeFacts(this.#foundation, telling, stored))) },
      { name: "status-history.json", content: json(stores.map((stored) => statusFacts(telling, stored, this.#statusesOf(stored.id)))) },
      { name: "activity.json", content: json(past.events.map((event) => eventFacts(telling, event))) },
    ];
  }

  async #logs(telling: Telling, { signal, progress: tell }: WorkOptions): Promise<Result<readonly ZipEntry[]>> {
    const logs = await this.#foundation.ports.readLog();
    const total = logs.reduce((sum, { lines }) => sum + lines.length, 0);
    const entries: ZipEntry[] = [];
    let done = 0;
    for (const log of logs) {
      const lines: string[] = [];
      let since = 0;
      for (const line of log.lines) {
        const text = lineOf(telling, line);
        lines.push(text);
        done += 1;
        since += text.length;
        if (since < PIECE) continue;
        since = 0;
        tell(progress("reading-log", { done, total }));
        await setImmediate();
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
async function leakyEntry(guard: SecretGuard, entries: readonly ZipEntry[]): Promise<string | null> {
  for (const { name, content } of entries) {
    let since = 0;
    for (const line of content.split("\n")) {
      if (guard.isIn(line)) return name;
      since += line.length;
      if (since < PIECE) continue;
      since = 0;
      await setImmediate();
    }
  }
  return null;
}
