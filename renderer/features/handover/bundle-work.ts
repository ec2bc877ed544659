/** What is done with a handover file wherever one is taken: sent, opened and given back, one at a time, listed as work of its page. */
import type { HeldFile } from "../../../shared/contract/files.ts";
import type { OpenedBundle } from "../../../shared/contract/handover.ts";
import { progress, type Progress } from "../../../shared/contract/progress.ts";
import { fail, type Result } from "../../../shared/result.ts";
import { ask } from "../../host/ask.ts";
import { client } from "../../host/client.ts";
import { holdFile } from "../../host/send-file.ts";
import type { Route } from "../../stores/routes.ts";
import { listWork, type WorkKind } from "../../stores/running-work.ts";
import { runWork } from "../../stores/work.ts";

export type BundleBusy = "sending" | "opening" | "applying";

export const releaseFile = ({ file }: HeldFile) => void ask(() => client().files.release({ file }));
export const releaseBundle = ({ bundle }: OpenedBundle) => void ask(() => client().handover.release({ bundle }));

interface Work<T> {
  readonly kind: WorkKind;
  readonly subject: string;
  readonly busy: BundleBusy;
  readonly run: (tell: (progress: Progress) => void, signal: AbortSignal) => Promise<Result<T>>;
  /** Gives back what came too late for anybody to want it. */
  readonly giveBack: (value: T) => void;
}

export class BundleWork {
  readonly #route: Route;
  readonly #onBusy: (busy: BundleBusy | null) => void;
  #running: AbortController | null = null;

  /** `onBusy` hears what has begun, and null when the last that began is over. */
  constructor(route: Route, onBusy: (busy: BundleBusy | null) => void) {
    this.#route = route;
    this.#onBusy = onBusy;
  }

  /** Lists work. What is begun meanwhile ends it, and so does {@link stop}. */
  async listed<T>({ kind, subject, busy, run, giveBack }: Work<T>): Promise<Result<T>> {
    this.#running?.abort();
    const mine = new AbortController();
    this.#running = mine;
    this.#onBusy(busy);
    const entry = listWork({ kind, subject, route: this.#route }, () => mine.abort());
    const result = await run(entry.progress, mine.signal);
    entry.end(result.ok ? null : result.fault);
    if (this.#running === mine) {
      this.#running = null;
      this.#onBusy(null);
      return result;
    }
    if (result.ok) giveBack(result.value);
    return fail({ kind: "cancelled" });
  }

  /** Brings the browser's file to main. */
  send(file: File): Promise<Result<HeldFile>> {
    return this.listed({
      kind: "upload",
      subject: file.name,
      busy: "sending",
      run: (tell, signal) => holdFile(file, "handover", { signal, onSent: (done) => tell(progress("transfer", { done, total: file.size })) }),
      giveBack: releaseFile,
    });
  }

  /** Opens a file that main holds; a passphrase of null is none. */
  open({ file, name }: HeldFile, passphrase: string | null): Promise<Result<OpenedBundle>> {
    return this.listed({
      kind: "handover-open",
      subject: name,
      busy: "opening",
      run: (tell, abort) => runWork((signal) => client().handover.open({ file, passphrase }, { signal }), tell, abort),
      giveBack: releaseBundle,
    });
  }

  /** Ends what runs. What it brings all the same is given back. */
  stop(): void {
    this.#running?.abort();
    this.#running = null;
  }
}
