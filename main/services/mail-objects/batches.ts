/** Files of mail objects: read and judged whole before the first write, then done object by object. */
import { randomUUID } from "node:crypto";
import type { ChosenColumns, MailBatch, RunSummary } from "../../../shared/contract/mail-objects.ts";
import { progress } from "../../../shared/contract/progress.ts";
import { fail, succeed, type Issue, type Result } from "../../../shared/fault.ts";
import type { MailRequest } from "../../../shared/model/mail-object.ts";
import { readBatchFile, type BatchFile, type BatchLine } from "../../mail-objects/batch-file.ts";
import { repeated, type Repetition } from "../../mail-objects/repeated.ts";
import type { FileHolder } from "../files.ts";
import type { Foundation, WorkOptions } from "../rooms.ts";
import { groundOf, openDirectory, serversOf, type Ground, type StatusesOf } from "./ground.ts";
import { planObject } from "./planning.ts";
import type { MailRuns } from "./runs.ts";

/** Milliseconds a batch is held after it was read, and how many are; the oldest goes first. */
const HOLD_MS = 60 * 60 * 1000;
const HELD = 4;
/** Refused lines that are shown, and plans where nobody says how many. */
const SHOWN = 200;
const SAMPLE = 5;

interface Held {
  readonly storeId: string;
  readonly revision: number;
  readonly requests: readonly MailRequest[];
  /** By place. Secrets. */
  readonly passwords: readonly (string | null)[];
  readonly refused: number;
  readonly cancel: () => void;
}

export interface BatchQuestion {
  readonly storeId: string;
  readonly file: string;
  readonly mapping: ChosenColumns | null;
  readonly container: string | null;
  readonly ask: boolean;
  /** How many plans are answered at most. */
  readonly sample?: number | undefined;
}

type Judged = Pick<MailBatch, "lines" | "sample" | "refused">;

export class MailBatches {
  readonly #foundation: Foundation;
  readonly #files: FileHolder;
  readonly #statusesOf: StatusesOf;
  readonly #runs: MailRuns;
  readonly #held = new Map<string, Held>();

  constructor(foundation: Foundation, files: FileHolder, { runs, statusesOf }: { readonly runs: MailRuns; readonly statusesOf: StatusesOf }) {
    this.#foundation = foundation;
    this.#files = files;
    this.#statusesOf = statusesOf;
    this.#runs = runs;
  }

  /** Fails as the file, its reading and, with `ask`, the directory do. Refused lines are no failure. */
  async read({ storeId, file, mapping, container, ask, sample = SAMPLE }: BatchQuestion, options: WorkOptions): Promise<Result<MailBatch>> {
    const ground = groundOf(this.#foundation, storeId);
    if (!ground.ok) return ground;
    const held = this.#files.read(file);
    if (!held.ok) return held;
    const read = readBatchFile(held.value.bytes, { mapping, container, aliasLength: ground.value.provisioning.aliasLength });
    if (!read.ok) return read;
    const judged = await this.#judge(ground.value, read.value, { ask, sample }, options);
    if (!judged.ok) return judged;
    const requests = read.value.lines.flatMap(({ request }) => request ?? []);
    const batch = this.#hold({ storeId, revision: ground.value.stored.revision, requests, passwords: read.value.lines.map(({ password }) => password), refused: judged.value.refused });
    const { columns, lines } = read.value;
    return succeed({ batch, fileName: held.value.name, columns: [...columns], mapping: read.value.mapping, objects: lines.length, ...judged.value });
  }

  /**
   * Does a batch. Fails with `not-found: batch` when its time is over, with `invalid` while a line is refused, as {@link MailRuns.begin}, and with
   * `unsupported: configuration-changed` where the store was saved since it was read.
   */
  async apply({ storeId, batch, password }: { readonly storeId: string; readonly batch: string; readonly password: string | null }, options: WorkOptions): Promise<Result<RunSummary>> {
    const held = this.#held.get(batch);
    if (held?.storeId !== storeId) return fail({ kind: "not-found", what: "batch" });
    if (held.refused > 0) return fail({ kind: "invalid", issues: [{ path: ["file"], code: "lines-refused", facts: { count: held.refused } }] });
    const ground = groundOf(this.#foundation, storeId);
    if (!ground.ok) return ground;
    const passwordOf = (place: number) => held.passwords[place - 1] ?? password;
    if (ground.value.stored.revision !== held.revision) return fail({ kind: "unsupported", why: "configuration-changed" });
    // Nobody else does it meanwhile; where nothing was begun, it can be tried again.
    this.#held.delete(batch);
    let isBegun = false;
    const done = await this.#runs.begin(ground.value, held.requests, passwordOf, options, {
      begun: () => {
        isBegun = true;
        held.cancel();
      },
    });
    if (!isBegun) this.#held.set(batch, held);
    return done;
  }

  /** Forgets a batch, which may be gone already. */
  release(batch: string): void {
    this.#held.get(batch)?.cancel();
    this.#held.delete(batch);
  }

  dispose(): void {
    for (const batch of this.#held.keys()) this.release(batch);
  }

  async #judge(ground: Ground, { lines }: BatchFile, { ask, sample }: { readonly ask: boolean; readonly sample: number }, options: WorkOptions): Promise<Result<Judged>> {
    const { signal } = options;
    const opened = ask ? await openDirectory(this.#foundation, ground, null, options) : succeed(null);
    if (!opened.ok) return opened;
    const objects = opened.value;
    try {
      const twice = repeated(lines.map(({ request }) => request), { addressOf: (request) => ground.provisioning.address(request, ground.connection), oneNameEach: ground.connection.kind === "active-directory" });
      const servers = serversOf(ground, this.#statusesOf);
      const judged: Judged = { refused: 0, lines: [], sample: [] };
      for (const [index, { line, name, request }] of lines.entries()) {
        if (signal.aborted) return fail({ kind: "cancelled" });
        const plan = request === null ? null : await planObject(ground, request, { aliases: this.#foundation.aliases, servers, objects, signal });
        if (plan?.ok === false) return plan;
        const issues: readonly Issue[] = [...(plan?.value.issues ?? [{ path: ["type"], code: "not-a-type" }]), ...repetitions(twice.get(index), lines)];
        if (issues.length > 0) {
          judged.refused += 1;
          if (judged.lines.length < SHOWN) judged.lines.push({ line, name, issues: [...issues] });
        } else if (plan !== null && judged.sample.length < sample) judged.sample.push(plan.value);
        options.progress(progress("judging-objects", { done: index + 1, total: lines.length }));
      }
      return succeed(judged);
    } finally {
      await objects?.close();
    }
  }

  #hold(held: Omit<Held, "cancel">): string {
    const [oldest] = this.#held.keys();
    if (this.#held.size >= HELD && oldest !== undefined) this.release(oldest);
    const batch = randomUUID();
    this.#held.set(batch, { ...held, cancel: this.#foundation.ports.clock.after(HOLD_MS, () => this.release(batch)) });
    return batch;
  }
}

function repetitions(found: readonly Repetition[] = [], lines: readonly BatchLine[]): Issue[] {
  return found.flatMap(({ path, first }) => {
    const line = lines[first]?.line;
    return line === undefined ? [] : [{ path: [path], code: "twice-in-file", facts: { line } }];
  });
}
