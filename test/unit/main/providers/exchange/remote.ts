/** A shell that speaks the scripts' answers, and what a run needs besides. What the scripts themselves do is the integration tests' subject. */
import { z } from "zod";
import type { DirectoryEntry } from "../../../../../main/directory/types.ts";
import type { OpenRemoteShell, RemoteCall } from "../../../../../main/powershell/types.ts";
import type { ProviderContext } from "../../../../../main/providers/provider.ts";
import { fail, succeed, type Fault, type Result } from "../../../../../shared/fault.ts";
import type { DirectoryObject, MailRequest } from "../../../../../shared/model/mail-object.ts";
import { recordingLogger, type RecordingLogger } from "../../../../lab/loggers.ts";
import { contextAsking } from "../support.ts";
import { onlyReads } from "../../../../lab/only-reads.ts";

export const PASSWORD = "S3cret-of-the-account";
export const SILENT = fail({ kind: "unsupported", why: "powershell-silent" });

/** A cmdlet's error as Exchange's endpoint tells it. The message is in no language that anything could be matched by. */
export function cmdletError(reason: string, changes: Partial<Record<"type" | "id" | "category" | "message", string>> = {}) {
  const type = `Microsoft.Exchange.Configuration.Tasks.${reason}`;
  const id = `[Server=EXB,RequestId=7b1f,TimeStamp=1] [FailureCategory=Cmdlet-${reason}] 5A8F,Microsoft.Exchange.Management.RecipientTasks.EnableDistributionGroup`;
  return { reason, type, id, category: "NotSpecified", code: null, message: "Vorgang fehlgeschlagen.", transport: false, ...changes };
}

/** A session that was not opened or that broke: WSMan's code, and PowerShell's name or number for it. */
export function transportError(code: number, id: string, message = "Fehler beim Herstellen der Verbindung.") {
  return { reason: "PSRemotingTransportException", type: "System.Management.Automation.Remoting.PSRemotingTransportException", id: `${id},PSSessionOpenFailed`, category: "OpenError", code, message, transport: true };
}

/** What a script answers, or why it gave none. */
type Answer = { readonly ok: boolean; readonly [more: string]: unknown } | { readonly ok?: undefined; readonly fault: Fault };
export const failed = (error: object, sessionState = "Opened"): Answer => ({ ok: false, error, sessionState });

const argumentSchema = z.record(z.string(), z.unknown());

export interface FakeServer {
  /** What opening and the cmdlets answer, one after the other; the last one stands. */
  readonly open?: readonly Answer[];
  readonly invoke?: readonly Answer[];
  readonly offered?: readonly Answer[];
}

const good = { ok: true, objects: [{ PrimarySmtpAddress: "sales@contoso.lab" }], warnings: [] };

/** Shells for servers by name. `calls` is every script with its argument; `open` the shells that nobody has ended. */
export function fakeShells(servers: Readonly<Record<string, FakeServer>> = {}) {
  const calls: { readonly script: string; readonly argument: Record<string, unknown>; readonly server: string }[] = [];
  const secrets: Record<string, string>[] = [];
  const counts = new Map<string, number>();
  let open = 0;
  let most = 0;
  const next = (key: string, answers: readonly Answer[]) => {
    const count = counts.get(key) ?? 0;
    counts.set(key, count + 1);
    return answers[Math.min(count, answers.length - 1)];
  };
  const shells: OpenRemoteShell = (given) => {
    secrets.push({ ...given });
    open += 1;
    most = Math.max(most, open);
    let server = "";
    let isOver = false;
    const run = (call: RemoteCall): Promise<Result<unknown>> => {
      const script = /^# Messaging Console: (.*)$/m.exec(call.script)?.[1] ?? "";
      const argument = argumentSchema.parse(call.argument);
      if (isOver) return Promise.resolve(SILENT);
      if (script === "open-session") server = String(argument["server"]);
      calls.push({ script, argument, server });
      const spoken = servers[server] ?? {};
      const answers: Readonly<Record<string, readonly Answer[]>> = {
        "open-session": spoken.open ?? [{ ok: true }],
        invoke: spoken.invoke ?? [good],
        "offered-commands": spoken.offered ?? [{ ok: true, offered: argument["names"] }],
        "close-session": [{ ok: true }],
      };
      const answer = next(`${server} ${script}`, answers[script] ?? []);
      if (answer === undefined || answer.ok !== undefined) return Promise.resolve(succeed(answer));
      // A shell that gave no answer is over.
      isOver = true;
      return Promise.resolve(fail(answer.fault));
    };
    const dispose = () => {
      if (isDisposed) return;
      isDisposed = true;
      isOver = true;
      open -= 1;
    };
    let isDisposed = false;
    return { run, dispose };
  };
  return { shells, calls, secrets, left: () => open, most: () => most, servers: (script: string) => calls.filter((call) => call.script === script).map(({ server }) => server) };
}

export const request: MailRequest = { action: "create", type: "distribution-group", name: "Sales", container: "OU=Groups,DC=contoso,DC=lab", identity: null, alias: "sales", address: null, externalAddress: null, accountName: "sales" };
export const object: DirectoryObject = { identity: "CN=Sales,OU=Groups,DC=contoso,DC=lab", guid: "0f8fad5b-d9cb-469f-a165-70867728950e", controller: "dc1.contoso.lab" };
export const enabled: Readonly<Record<string, readonly string[]>> = { mailnickname: ["sales"], mail: ["sales@contoso.lab"], proxyaddresses: ["smtp:s@contoso.lab", "SMTP:sales@contoso.lab"] };
export const configuration = { variant: "2013", domain: "contoso.lab", username: "CONTOSO\\svc", authentication: "kerberos" } as const;

/** A directory with one object, or without; `reads` is what was asked of it. */
export function objectsWith(attributes: DirectoryEntry["attributes"] | null, fault: Fault | null = null) {
  const reads: DirectoryObject[] = [];
  const objects = onlyReads("dc1.contoso.lab", (asked) => {
    reads.push(asked);
    if (fault !== null) return Promise.resolve(fail(fault));
    return Promise.resolve(succeed(attributes === null ? null : { dn: asked.identity, attributes }));
  });
  return { objects, reads };
}

/** A context with these shells and the account's password. */
export function contextWith(remoting: OpenRemoteShell | null, changes: Partial<ProviderContext> = {}): { readonly context: ProviderContext; readonly logger: RecordingLogger } {
  const { context } = contextAsking();
  const logger = recordingLogger();
  return { logger, context: { ...context, logger, remoting, secrets: { ...context.secrets, isSet: () => true, text: () => Promise.resolve(succeed(PASSWORD)) }, ...changes } };
}

export const idle = new AbortController().signal;
