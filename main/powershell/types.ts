/** A shell that talks to mail servers, as those who use it see it. */
import type { Result } from "../../shared/fault.ts";

/** One script for a shell that is kept. */
export interface RemoteCall {
  /** The text of a .ps1 file: a `param($Argument)` block and commands that answer one object. */
  readonly script: string;
  /** Becomes `$Argument` through JSON. Must hold no secret. */
  readonly argument: unknown;
  readonly timeoutMs: number;
  readonly signal?: AbortSignal | undefined;
}

/** One PowerShell process, kept with what its scripts leave in its global variables until it is disposed of. */
export interface RemoteShell {
  /** Runs a script after those before it; fails as {@link PowerShellSession.run} does. After a time-out or an abort the process is gone and every further call fails. */
  run(call: RemoteCall): Promise<Result<unknown>>;
  /** Ends the process and what it started. */
  dispose(): void;
}

/** Starts a shell; `secrets` are environment variables of its process, which the first script reads and removes. */
export type OpenRemoteShell = (secrets: Readonly<Record<string, string>>) => RemoteShell;
