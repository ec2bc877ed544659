/** A PowerShell process of the library's, with what the console needs of it besides. */
import { ChildProcess } from "node:child_process";
import { randomBytes } from "node:crypto";
import { Socket } from "node:net";
import { PowerShell } from "node-powershell";
import { endWithDescendants } from "../programs.ts";
import { invocationLine, readFrame, type FramedAnswer } from "./command-line.ts";

export class PowerShellChild extends PowerShell {
  /** Scripts that the process has had. */
  readonly #known = new Set<string>();
  /** What is to be run next. */
  #line = "";
  #isBegun = false;

  /** The answer to a script, after that of the one before; null where the process ended, or never was. */
  async answerTo(script: string, argument: unknown): Promise<FramedAnswer | null> {
    const mark = `frame${randomBytes(12).toString("hex")}`;
    this.#line = invocationLine({ script, argument, mark, known: this.#known });
    const answer = await this.invoke("").then(({ stdout }) => readFrame(stdout?.toString("utf8") ?? "", mark), () => null);
    if (answer?.ok === true) this.#known.add(script);
    return answer;
  }

  /** The library keeps every answer in memory for as long as the child lives. */
  forget(): void {
    this.history.length = 0;
  }

  wasStarted(): boolean {
    return this.#process()?.pid !== undefined;
  }

  /** An idle child must not keep a command that has finished from ending. A running call has its timer for that. */
  releaseFromEventLoop(): void {
    this.#process()?.unref();
    for (const stream of Object.values(this.streams)) if (stream instanceof Socket) stream.unref();
  }

  /** Ends the process and what it started. */
  kill(): void {
    const spawned = this.#process();
    if (spawned !== null) endWithDescendants(spawned);
    // Killing is what was wanted: the library's complaint about the signal says nothing new.
    this.dispose("SIGKILL").catch(() => undefined);
  }

  /**
   * The library has its delimiter written to both outputs before a command and after it. PowerShell takes each of the five lines for a command of
   * its own, which costs more than most commands, so that all of it goes with the last one. A delimiter ends in a line feed alone: after two
   * characters the library does not find it where both come at once, as they do on Windows when this process is busy.
   */
  protected override writeToOutput(delimiter: string): string {
    this.#isBegun = !this.#isBegun;
    if (this.#isBegun) return "";
    const told = ["Error", "Out"].map((output) => `[Console]::${output}.Write("${delimiter}\`n")`).join("; ");
    return `${told}; ${this.#line}; ${told}`;
  }

  /** It is written with the other output's. */
  protected override writeToError(): string {
    return "";
  }

  /** The library keeps the process to itself. */
  #process(): ChildProcess | null {
    const spawned: unknown = Reflect.get(this, "process");
    return spawned instanceof ChildProcess ? spawned : null;
  }
}
