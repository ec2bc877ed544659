/** Practice servers with remote PowerShell over a directory in memory, and the product's own way to them. */
import { systemClock } from "../../../main/hosts/shared/clock.ts";
import type { DirectoryObjects } from "../../../main/directory/types.ts";
import type { RemotingLocation } from "../../../main/ports.ts";
import { remoteShells } from "../../../main/powershell/index.ts";
import { openEndpoint } from "../../../main/practice/exchange/endpoint.ts";
import { remotingTo } from "../../../main/practice/exchange/exchange-endpoint.ts";
import { ENDPOINT_VARIABLE, TOKEN_VARIABLE, type EndpointRequest } from "../../../main/practice/exchange/protocol.ts";
import { createRemotePowerShell } from "../../../main/practice/exchange/remote-powershell.ts";
import type { RecipientDirectory } from "../../../main/practice/exchange/recipient-directory.ts";
import type { RemoteSession } from "../../../main/practice/exchange/sessions.ts";
import { shellProgram } from "../../../main/practice/exchange/shell-program.ts";
import type { ProvisioningRun } from "../../../main/providers/provider.ts";
import { openRun } from "../../../main/providers/exchange/provisioning/run.ts";
import { succeed } from "../../../shared/fault.ts";
import type { DirectoryObject, MailRequest } from "../../../shared/model/mail-object.ts";
import { contextAsking } from "../../unit/main/providers/support.ts";
import { powershellHere } from "../dotnet.ts";
import { recordingLogger, type RecordingLogger } from "../loggers.ts";
import { CONTROLLER, memoryRecipients, UNIVERSAL_GROUP, type MemoryRecipients } from "./memory-recipients.ts";
import { remotingLab } from "./remoting-lab.ts";
import { onlyReads } from "../only-reads.ts";

export const EXA = "exa.contoso.lab";
export const EXB = "exb.contoso.lab";
export const RIGHT_PASSWORD = "Practice-Makes-Perfect-1";

export type ShellKind = "the stand-in shell" | "the stand-in in this process" | "real remoting";

export interface World {
  readonly location: RemotingLocation;
  readonly directory: MemoryRecipients;
  readonly logger: RecordingLogger;
  /** What was asked of the servers, in order: operation and server. */
  readonly asked: readonly string[];
  sessions(): readonly RemoteSession[];
  set(server: string, state: string): void;
  /** A group that is to be mail-enabled; `changes` are of its attributes. */
  group(name: string, changes?: Readonly<Record<string, readonly string[]>>): DirectoryObject;
  run(account?: { readonly username?: string; readonly password?: string }): ProvisioningRun;
  close(): Promise<void>;
}

/** What is wanted for a group that stands. */
export function wanted(name: string, changes: Partial<MailRequest> = {}): MailRequest {
  return { action: "enable", type: "distribution-group", name, container: null, identity: null, alias: name.toLowerCase(), address: null, externalAddress: null, accountName: null, ...changes };
}

/** Reads what is in memory, as the product reads a directory. */
function objectsIn(directory: MemoryRecipients): DirectoryObjects {
  return onlyReads(CONTROLLER, ({ identity }) => Promise.resolve(succeed({ dn: identity, attributes: directory.read(identity) })));
}

/** `recipients` is where the servers keep theirs, in place of the directory in memory. */
export async function remotingWorld(kind: ShellKind, recipients?: RecipientDirectory): Promise<World> {
  const states = new Map<string, string>();
  const asked: string[] = [];
  const logger = recordingLogger();
  const directory = memoryRecipients();
  const powershell = createRemotePowerShell({
    clock: systemClock,
    server: (host) => ({ name: (host.split(".", 1)[0] ?? "").toUpperCase(), host, state: states.get(host) ?? "up", delayMs: 0 }),
    signIn: (username, password) => (password === RIGHT_PASSWORD ? { ok: true, account: username, hasRole: !username.includes("unprivileged") } : { ok: false, code: 1326 }),
    directory: recipients ?? directory,
    domain: "contoso.lab",
    organisation: "Contoso",
  });
  const note = ({ op, server }: EndpointRequest) => {
    if (op !== "attend") asked.push(`${op} ${server}`);
  };
  const listening = { ...powershell, reply: (...given: Parameters<typeof powershell.reply>) => (note(given[0]), powershell.reply(...given)) };
  const endpoint = await openEndpoint({ powershell: listening, clock: systemClock, logger });
  const environment = { [ENDPOINT_VARIABLE]: endpoint.address, [TOKEN_VARIABLE]: endpoint.token };
  const location: RemotingLocation =
    kind === "real remoting" ? await remotingLab(powershellHere?.executable ?? "pwsh", environment) : remotingTo(endpoint, kind === "the stand-in shell" ? shellProgram() : null);
  return {
    location,
    directory,
    logger,
    asked,
    sessions: powershell.sessions,
    set: (server, state) => void states.set(server, state),
    group(name, changes = {}) {
      const dn = `CN=${name},OU=Groups,DC=contoso,DC=lab`;
      directory.add(dn, { objectClass: ["top", "group"], groupType: [UNIVERSAL_GROUP], sAMAccountName: [name], ...changes });
      return { identity: dn, guid: directory.guid(dn), controller: CONTROLLER };
    },
    run({ username = "CONTOSO\\svc-mail", password = RIGHT_PASSWORD } = {}) {
      const { context } = contextAsking();
      const secrets = { ...context.secrets, isSet: () => true, text: () => Promise.resolve(succeed(password)) };
      return openRun({ variant: "2013", domain: "contoso.lab", username, authentication: "kerberos" }, { ...context, logger, secrets, remoting: remoteShells(location, logger) }, objectsIn(directory));
    },
    async close() {
      powershell.dispose();
      await endpoint.dispose();
    },
  };
}
