/** Remote PowerShell of the practice organisation's servers, with the stand-in for the shell that speaks with it. */
import type { Clock, Logger, RemotingLocation } from "../../ports.ts";
import { signIn } from "../directory/accounts.ts";
import { isSignInFailure, type PracticeDirectory } from "../directory/directory.ts";
import type { FrontEnds } from "../front-ends.ts";
import type { Organisation } from "../organisation.ts";
import { endpointClient } from "./endpoint-client.ts";
import { openEndpoint, type RemoteEndpoint } from "./endpoint.ts";
import { practiceRecipients } from "./practice-recipients.ts";
import { ENDPOINT_VARIABLE, TOKEN_VARIABLE } from "./protocol.ts";
import { createRemotePowerShell, type RemotePowerShell, type RemoteSignIn } from "./remote-powershell.ts";
import { shellsInProcess } from "./shell-in-process.ts";
import { shellProgram, type ShellProgram } from "./shell-program.ts";

export interface ExchangeEndpoint {
  readonly remoting: RemotingLocation;
  /** Open sessions, for whoever counts them. */
  sessions: RemotePowerShell["sessions"];
  dispose(): Promise<void>;
}

/** Windows' numbers for the refusals that Active Directory tells by a code of its own. */
const windowsCodes: Readonly<Record<string, number>> = { "51f": 1311, "52e": 1326, "52f": 1327, "532": 1330, "533": 1331, "701": 1793, "773": 1907, "775": 1909 };

export async function startExchangeEndpoint(options: {
  readonly organisation: Organisation;
  readonly directory: PracticeDirectory;
  readonly frontEnds: FrontEnds;
  readonly clock: Clock;
  readonly logger: Logger;
}): Promise<ExchangeEndpoint> {
  const { organisation, directory, frontEnds, clock, logger } = options;
  const server = (host: string) => {
    const found = organisation.servers().find((each) => each.host === host);
    return found === undefined ? null : { name: found.name, host, state: frontEnds.stateOf(host) ?? "up", delayMs: frontEnds.delayOf(host) };
  };
  const remoteSignIn = (username: string, password: string): RemoteSignIn => {
    // Exchange asks the controller.
    const result = signIn(organisation, username, password, isSignInFailure(directory.state) ? directory.state : null);
    return result.ok ? { ok: true, account: result.identity.name, hasRole: result.identity.reader } : { ok: false, code: windowsCodes[result.code] ?? 1326 };
  };
  const powershell = createRemotePowerShell({
    clock,
    server,
    signIn: remoteSignIn,
    directory: practiceRecipients(directory.entries, [directory.host]),
    domain: organisation.domain,
    organisation: organisation.exchange ?? "",
  });
  const endpoint = await openEndpoint({ powershell, clock, logger });
  return {
    remoting: remotingTo(endpoint, shellProgram()),
    sessions: powershell.sessions,
    async dispose() {
      powershell.dispose();
      await endpoint.dispose();
    },
  };
}

/** The stand-in shell as a program, or in this process where no program can be had. */
export function remotingTo({ address, token }: RemoteEndpoint, program: ShellProgram | null): RemotingLocation {
  if (program === null) return { executable: process.execPath, edition: "Core", inProcess: shellsInProcess((signal) => endpointClient(address, token, signal)) };
  return { ...program, edition: "Core", environment: { ...program.environment, [ENDPOINT_VARIABLE]: address, [TOKEN_VARIABLE]: token } };
}
