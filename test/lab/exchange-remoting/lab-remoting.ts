/** Real PowerShell remoting to the lab's servers, which keep their recipients in Samba and fail as their front ends do. */
import { systemClock } from "../../../main/hosts/shared/clock.ts";
import type { RemotingLocation } from "../../../main/ports.ts";
import { signIn } from "../../../main/practice/directory/accounts.ts";
import { openEndpoint } from "../../../main/practice/exchange/endpoint.ts";
import { ENDPOINT_VARIABLE, TOKEN_VARIABLE } from "../../../main/practice/exchange/protocol.ts";
import { createRemotePowerShell } from "../../../main/practice/exchange/remote-powershell.ts";
import type { RemoteSession } from "../../../main/practice/exchange/sessions.ts";
import type { Lab } from "../lab.ts";
import { silentLogger } from "../loggers.ts";
import { ldapRecipients } from "./ldap-recipients.ts";
import { remotingLab } from "./remoting-lab.ts";

/** Windows' number for a wrong name or password (ERROR_LOGON_FAILURE). */
const LOGON_FAILURE = 1326;

export interface LabRemoting {
  /** The shell that opens sessions; the endpoint's token is in its environment. */
  readonly location: RemotingLocation;
  /** Open sessions, for whoever counts them. A server that is down has lost those that it had. */
  sessions(): readonly RemoteSession[];
  dispose(): Promise<void>;
}

/** With the PowerShell at `pwsh`. The accounts are those of the lab's directory. */
export async function labRemoting(lab: Lab, pwsh: string): Promise<LabRemoting> {
  const recipients = await ldapRecipients(lab.address, lab.authorityPem);
  const powershell = createRemotePowerShell({
    clock: systemClock,
    server: (host) => lab.remoteServer(host),
    signIn: (username, password) => {
      const result = signIn(lab, username, password, null);
      return result.ok ? { ok: true, account: result.identity.name, hasRole: result.identity.reader } : { ok: false, code: LOGON_FAILURE };
    },
    directory: recipients,
    domain: lab.domain,
    organisation: lab.organisation.exchange ?? "",
  });
  const endpoint = await openEndpoint({ powershell, clock: systemClock, logger: silentLogger });
  return {
    location: await remotingLab(pwsh, { [ENDPOINT_VARIABLE]: endpoint.address, [TOKEN_VARIABLE]: endpoint.token }),
    sessions: () => powershell.sessions().filter(({ server }) => lab.remoteServer(server)?.state !== "down"),
    async dispose() {
      powershell.dispose();
      await endpoint.dispose();
      await recipients.close();
    },
  };
}
