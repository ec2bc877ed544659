/** A PowerShell process of its own for talking to mail servers: it is kept with its sessions, and never replaced by another one. */
import type { Logger, RemotingLocation } from "../ports.ts";
import { PowerShellSession } from "./session.ts";
import type { OpenRemoteShell } from "./types.ts";

/** Shells on this machine's PowerShell; null where it has none that could. */
export function remoteShells(location: RemotingLocation | null, logger: Logger): OpenRemoteShell | null {
  if (location === null) return null;
  if (location.inProcess !== undefined) return location.inProcess;
  return (secrets) => {
    const session = new PowerShellSession({ location, logger, kept: { secrets } });
    return { run: (call) => session.run(call), dispose: () => session.dispose() };
  };
}
