/** A session of remote PowerShell with one Exchange server: a shell of its own, in which the scripts beside this folder run. */
import type { z } from "zod";
import { fail, type Fault, type Result } from "../../../../shared/fault.ts";
import type { OpenRemoteShell, RemoteShell } from "../../../powershell/types.ts";
import type { ProviderContext } from "../../provider.ts";
import { invokedSchema, offeredSchema, openedSchema, type Invoked, type Offered, type RemoteError } from "./answers.ts";
import { loggedError } from "./trace.ts";

/** A server whose application pool has been asleep takes its time to start a session. */
const OPEN_MS = 30_000;
/** A mailbox may take its server most of a minute; an answer that is given up too early costs a look, and perhaps another server. */
const COMMAND_MS = 60_000;
const CLOSE_MS = 5_000;
/** How long the server keeps a session whose client is gone: no less is taken (learn.microsoft.com, New-PSSessionOption, -IdleTimeout). */
const IDLE_MS = 60_000;
/** What PowerShell itself needs to start, and to say that WSMan's own limit is over. */
const GRACE_MS = 15_000;

/** Who signs in, and how. */
export interface RemoteAccount {
  readonly username: string;
  readonly password: string;
  readonly authentication: "kerberos" | "basic";
}

/** A script's answer, or why there is none: the shell is over then. */
export type Asked<T> = { readonly answered: true; readonly answer: T } | { readonly answered: false; readonly fault: Fault };

export interface ServerSession {
  readonly server: string;
  /** Runs one cmdlet; what it found comes back as texts of the properties in `select`. */
  invoke(command: string, parameters: Readonly<Record<string, string | boolean>>, select: readonly string[], signal: AbortSignal): Promise<Asked<Invoked>>;
  offered(names: readonly string[], signal: AbortSignal): Promise<Asked<Offered>>;
  /** Removes the session from the server and ends the shell. */
  close(): Promise<void>;
}

/** The session, or why there is none; `error` is null where the shell gave no answer, and is over. */
export type Opened = { readonly session: ServerSession } | { readonly session: null; readonly error: RemoteError } | { readonly session: null; readonly error: null; readonly fault: Fault };

/** A shell for one session of an account. */
export function startShell(shells: OpenRemoteShell, { password }: RemoteAccount): RemoteShell {
  return shells({ MC_REMOTE_PASSWORD: password });
}

/**
 * Opens a session in Exchange's documented form (learn.microsoft.com/powershell/exchange/connect-to-exchange-servers-using-remote-powershell):
 * Kerberos over http, which encrypts what it carries, to the server's own name, for which alone there is a ticket; Basic over https.
 * The shell ends with the session. Where there is none it stays the caller's, to dispose of, or for another server where this one has answered.
 */
export async function openServerSession(
  { shell, server, account, logger }: { readonly shell: RemoteShell; readonly server: string; readonly account: RemoteAccount; readonly logger: ProviderContext["logger"] },
  signal: AbortSignal,
): Promise<Opened> {
  const isBasic = account.authentication === "basic";
  const argument = {
    server,
    uri: `${isBasic ? "https" : "http"}://${server}/PowerShell/`,
    authentication: isBasic ? "Basic" : "Kerberos",
    username: account.username,
    openTimeoutMs: OPEN_MS,
    operationTimeoutMs: COMMAND_MS,
    idleTimeoutMs: IDLE_MS,
  };
  const { default: script } = await import("../scripts/open-session.ps1?raw");
  const opened = await ask(shell, openedSchema, { script, argument, timeoutMs: OPEN_MS + GRACE_MS, signal });
  if (!opened.answered) return { session: null, error: null, fault: opened.fault };
  const { answer } = opened;
  if (answer.ok) {
    logger.info("a session with a mail server was opened", { server });
    return { session: sessionIn(shell, server, logger) };
  }
  logger.warn("a session with a mail server was not opened", loggedError(server, answer.error));
  return { session: null, error: answer.error };
}

function sessionIn(shell: RemoteShell, server: string, logger: ProviderContext["logger"]): ServerSession {
  const note = (error: RemoteError) => logger.warn("a command failed at a mail server", loggedError(server, error));
  return {
    server,
    async invoke(command, parameters, select, signal) {
      const { default: script } = await import("../scripts/invoke.ps1?raw");
      // PowerShell 7 makes a date of a text that looks like one, wherever JSON holds it.
      const marked = Object.fromEntries(Object.entries(parameters).map(([name, value]) => [name, typeof value === "string" ? `=${value}` : value]));
      const asked = await ask(shell, invokedSchema, { script, argument: { command, parameters: marked, select }, timeoutMs: COMMAND_MS, signal });
      if (asked.answered && !asked.answer.ok) note(asked.answer.error);
      return asked;
    },
    async offered(names, signal) {
      const { default: script } = await import("../scripts/offered-commands.ps1?raw");
      const asked = await ask(shell, offeredSchema, { script, argument: { names }, timeoutMs: COMMAND_MS, signal });
      if (asked.answered && !asked.answer.ok) note(asked.answer.error);
      return asked;
    },
    async close() {
      const { default: script } = await import("../scripts/close-session.ps1?raw");
      // What is kept at the server counts among the account's sessions until it is removed.
      await shell.run({ script, argument: {}, timeoutMs: CLOSE_MS });
      shell.dispose();
    },
  };
}

async function ask<T>(shell: RemoteShell, schema: z.ZodType<T>, call: Parameters<RemoteShell["run"]>[0]): Promise<Asked<T>> {
  const ran: Result<unknown> = await shell.run(call);
  if (!ran.ok) return { answered: false, fault: ran.fault };
  const read = schema.safeParse(ran.value);
  if (read.success) return { answered: true, answer: read.data };
  const { fault } = fail({ kind: "unsupported", why: "powershell-silent" });
  return { answered: false, fault };
}
