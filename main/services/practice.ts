/** The drawer of the practice organisation; every call fails with `unsupported` outside it. */
import type { HeldFile } from "../../shared/contract/files.ts";
import type { PracticeComponent, PracticeFacts } from "../../shared/contract/practice.ts";
import { fail, succeed, type Result } from "../../shared/fault.ts";
import { Feed } from "../feed.ts";
import type { PracticePort } from "../ports.ts";
import type { FileHolder } from "./files.ts";
import { gone } from "./rooms.ts";

export class PracticeService {
  readonly feed = new Feed<PracticeComponent>();
  readonly #port: PracticePort | null;
  readonly #files: FileHolder;
  readonly #unsubscribe: (() => void) | null;

  constructor(port: PracticePort | null, files: FileHolder) {
    this.#port = port;
    this.#files = files;
    this.#unsubscribe = port?.onChange(() => this.#refresh()) ?? null;
    this.#refresh();
  }

  facts(): Result<PracticeFacts> {
    return this.#port === null ? this.#absent() : succeed(this.#port.facts());
  }

  async run(verb: string, target: string | null, argument: string | null): Promise<Result<null>> {
    return this.#port === null ? this.#absent() : this.#port.run(verb, target, argument);
  }

  /** Holds a practice certificate as if it had been chosen. */
  holdFile(name: string): Result<HeldFile> {
    if (this.#port === null) return this.#absent();
    const file = this.#port.facts().files.find((candidate) => candidate.name === name);
    return file === undefined ? fail(gone("file")) : this.#files.hold(file.name, Buffer.from(file.base64, "base64"));
  }

  dispose(): void {
    this.#unsubscribe?.();
  }

  #absent() {
    return fail({ kind: "unsupported", why: "not-practice" });
  }

  #refresh(): void {
    const components = this.#port?.components() ?? [];
    this.feed.replace(components.map((component) => [component.id, component] as const));
  }
}
