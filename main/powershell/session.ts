/**
 * The only place that starts PowerShell. One child is kept for scripts without secrets; it is replaced when it dies, when
 * a script takes too long and when a call is aborted. A script with secrets gets a child of its own. A session that is
 * `kept` has one child with its secrets for all scripts, which leave their state in it: that one is never replaced.
 */
import { fail, type Fault, type Result } from "../../shared/fault.ts";
import { createTurns } from "../../shared/turns.ts";
import type { Logger, RemotingLocation } from "../ports.ts";
import { attemptStart } from "../programs.ts";
import { PowerShellChild } from "./child.ts";

export interface ScriptCall {
  /** The text of a .ps1 file: a `param($Argument)` block and commands that answer one object. */
  readonly script: string;
  /** Becomes `$Argument` through JSON. Must hold no secret: PowerShell may log what it is given to run. */
  readonly argument: unknown;
  /** Environment variables of a child made for this call alone. The script reads and removes them. */
  readonly secrets?: Readonly<Record<string, string>>;
  readonly timeoutMs: number;
  readonly signal?: AbortSignal | undefined;
}

export interface PowerShellOptions {
  readonly location: RemotingLocation;
  readonly logger: Logger;
  /** How long an unused child is kept, in milliseconds. */
  readonly idleMs?: number;
  /** One child for all calls, with these variables in its environment, until it is disposed of; none follows it. */
  readonly kept?: { readonly secrets: Readonly<Record<string, string>> };
}

const CHILD_OPTIONS = { "-NoProfile": true, "-NonInteractive": true } as const;

/** Sessions with a child. One listener ends them all, however many shells there are. */
const withChild = new Set<PowerShellSession>();
const endAll = () => {
  for (const session of withChild) session.dispose();
};

export class PowerShellSession {
  readonly #location: RemotingLocation;
  readonly #logger: Logger;
  readonly #idleMs: number;
  readonly #isKept: boolean;
  /** Environment of the child that is kept; let go of once it has been started. */
  #secrets: Readonly<Record<string, string>>;
  /** A kept child has ended, with whatever scripts had left in it. */
  #isOver = false;
  #child: PowerShellChild | null = null;
  #idle: NodeJS.Timeout | null = null;
  readonly #inTurn = createTurns();

  constructor({ location, logger, idleMs = 60_000, kept }: PowerShellOptions) {
    this.#location = location;
    this.#logger = logger;
    this.#idleMs = idleMs;
    this.#isKept = kept !== undefined;
    this.#secrets = kept?.secrets ?? {};
  }

  /**
   * Runs a script after those before it and answers what it answered, decoded from JSON. Fails with `timeout`,
   * `cancelled`, or `unsupported`: `powershell-missing`, `powershell-silent` (it ended without an answer),
   * `powershell-script` (it threw; `detail` has the exception's type and id, never its text), `powershell-override`.
   */
  async run(call: ScriptCall): Promise<Result<unknown>> {
    return this.#inTurn(() => this.#runNow(call));
  }

  /** Ends the child and what it started. A script still running fails as silent, and so does every further one of a kept child. */
  dispose(): void {
    if (this.#idle !== null) clearTimeout(this.#idle);
    this.#idle = null;
    this.#isOver = this.#isKept;
    this.#secrets = {};
    withChild.delete(this);
    if (withChild.size === 0) process.removeListener("exit", endAll);
    this.#child?.kill();
    this.#child = null;
  }

  async #runNow(call: ScriptCall): Promise<Result<unknown>> {
    if (call.signal?.aborted === true) return fail({ kind: "cancelled" });
    // The library would start whatever this variable names; only tests may do that.
    if (process.env["NODE_POWERSHELL"] !== undefined && process.env["VITEST"] === undefined) {
      return fail({ kind: "unsupported", why: "powershell-override" });
    }
    if (this.#isOver) return fail({ kind: "unsupported", why: "powershell-silent" });
    const secrets = call.secrets ?? {};
    const own = Object.keys(secrets).length > 0;
    const child = own ? this.#start(secrets) : (this.#child ?? this.#start(this.#secrets));
    if (child === null) {
      if (!own) this.dispose();
      return fail(this.#missing());
    }
    if (!own) this.#keep(child);
    const { result, usable } = await this.#invoke(child, call);
    if (own) child.kill();
    else if (!usable && this.#child === child) this.dispose();
    else if (!this.#isKept) this.#startIdle();
    if (!result.ok) this.#logger.warn("a PowerShell script failed", { fault: result.fault });
    return result;
  }

  async #invoke(child: PowerShellChild, { script, argument, timeoutMs, signal }: ScriptCall): Promise<{ result: Result<unknown>; usable: boolean }> {
    const invoked = child.answerTo(script, argument).then((result) => {
      // What has a process id has been started, and has ended since.
      if (result === null) return { result: fail(child.wasStarted() ? { kind: "unsupported", why: "powershell-silent" } : this.#missing()), usable: false };
      return { result, usable: result.ok || (result.fault.kind === "unsupported" && result.fault.why === "powershell-script") };
    });
    let timer: NodeJS.Timeout | undefined;
    let onAbort = () => {};
    const ended = new Promise<{ result: Result<unknown>; usable: boolean }>((resolve) => {
      const end = (fault: Fault) => resolve({ result: fail(fault), usable: false });
      timer = setTimeout(() => end({ kind: "timeout", phase: "powershell", afterMs: timeoutMs }), timeoutMs);
      onAbort = () => end({ kind: "cancelled" });
      signal?.addEventListener("abort", onAbort);
    });
    const outcome = await Promise.race([invoked, ended]);
    clearTimeout(timer);
    signal?.removeEventListener("abort", onAbort);
    child.forget();
    return outcome;
  }

  #missing(): Fault {
    return { kind: "unsupported", why: "powershell-missing", detail: this.#location.executable };
  }

  /** Null where the system refuses to start it, which the next call tries again. */
  #start(secrets: Readonly<Record<string, string>>): PowerShellChild | null {
    const { executable, leading = [], environment = {} } = this.#location;
    const env = {
      ...process.env,
      // Colours and cursor modes would stand around every answer; nothing is reported or looked up in the background.
      TERM: "dumb",
      NO_COLOR: "1",
      POWERSHELL_TELEMETRY_OPTOUT: "1",
      POWERSHELL_UPDATECHECK: "Off",
      // .NET counts what it might make quicker in a process that lives for hours: in one that lives for a run it only costs.
      DOTNET_TieredPGO: "0",
      ...environment,
      ...secrets,
    };
    // The library's own first argument would come before a program that the executable is to run.
    const first = leading.length === 0 ? {} : { "-NoLogo": false, ...Object.fromEntries(leading.map((argument) => [argument, true])) };
    const executableOptions = { ...first, ...CHILD_OPTIONS };
    const child = attemptStart(
      () => new PowerShellChild({ executable, executableOptions, spawnOptions: { env, windowsHide: true }, throwOnInvocationError: false }),
    );
    // A child that dies while it is written to must not end this process.
    child?.streams.stdin.on("error", () => undefined);
    return child;
  }

  #keep(child: PowerShellChild): void {
    if (this.#idle !== null) clearTimeout(this.#idle);
    this.#idle = null;
    if (this.#child === child) return;
    this.#child = child;
    this.#secrets = {};
    if (withChild.size === 0) process.on("exit", endAll);
    withChild.add(this);
    child.releaseFromEventLoop();
  }

  #startIdle(): void {
    this.#idle = setTimeout(() => this.dispose(), this.#idleMs);
    this.#idle.unref();
  }
}
