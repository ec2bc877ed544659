/** A domain controller of the practice organisation: LDAP and LDAPS on loopback ports, and ways to break it. */
import { constants } from "node:crypto";
import tls from "node:tls";
import type { Clock, Logger } from "../../ports.ts";
import { openListener } from "../loopback.ts";
import { MAIN_SITE, type MailServer, type Organisation } from "../organisation.ts";
import type { Identity, Pki } from "../pki.ts";
import type { SignInFailure } from "./accounts.ts";
import { serveConnection } from "./connection.ts";
import { buildEntries } from "./entries.ts";
import { openPingListener } from "./ping.ts";
import type { DirectoryView } from "./session.ts";
import type { Tree } from "./tree.ts";

/** The failure in force; `up` is none. */
export const directoryStates = [
  "up",
  "down",
  "wrong-password",
  "locked",
  "expired-password",
  "slow",
  "untrusted",
  "expired",
  "wrong-name",
  "restricted",
  "no-logon-server",
  "hardened",
  "no-certificate",
  "no-exchange",
  "conflict",
] as const;
export type DirectoryState = (typeof directoryStates)[number];

export interface PracticeDirectory {
  /** Fully qualified name of the domain controller. */
  readonly host: string;
  readonly ports: { readonly ldap: number; readonly ldaps: number };
  readonly state: DirectoryState;
  /** `seconds` is for `slow`: how long each request waits. */
  set(state: DirectoryState, seconds?: number): Promise<void>;
  dispose(): Promise<void>;
}

const signInFailures: readonly DirectoryState[] = ["wrong-password", "locked", "expired-password", "restricted", "no-logon-server"] satisfies readonly NonNullable<SignInFailure>[];

function isSignInFailure(state: DirectoryState): state is NonNullable<SignInFailure> {
  return signInFailures.includes(state);
}

function contextOf(identity: Identity): tls.SecureContext {
  // No resumption: a client must see the certificate of this moment, not of an earlier session.
  return tls.createSecureContext({ cert: identity.certificatePem, key: identity.keyPem, secureOptions: constants.SSL_OP_NO_TICKET });
}

/** Starts a domain controller of an organisation: `dc1` in the main site unless said otherwise. */
export async function startDirectory(options: {
  readonly organisation: Organisation;
  readonly pki: Pki;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly name?: string;
  readonly site?: string;
}): Promise<PracticeDirectory> {
  const { organisation, pki, clock, logger, name = "dc1", site = MAIN_SITE } = options;
  const host = `${name}.${organisation.domain}`;
  const names = [host, organisation.domain];
  const proper = contextOf(await pki.issue({ names, withoutSubject: true, keep: `controller-${host}` }));
  let context = proper;
  let state: DirectoryState = "up";
  let delayMs = 0;
  let built: { readonly servers: readonly MailServer[]; readonly tree: Tree } | null = null;
  const treeNow = () => {
    const servers = organisation.servers();
    if (built?.servers !== servers) built = { servers, tree: buildEntries(organisation, { exchange: state !== "no-exchange", conflict: state === "conflict" }) };
    return built.tree;
  };

  const view = (): DirectoryView => ({
    tree: treeNow(),
    controller: { host, domain: organisation.domain, netbios: organisation.netbios },
    signInFailure: isSignInFailure(state) ? state : null,
    hardened: state === "hardened",
    certificate: state !== "no-certificate",
    now: clock.now(),
  });
  const listen = (secure: boolean) =>
    openListener((socket) => serveConnection(socket, { view, secure, tlsContext: () => (state === "no-certificate" ? null : context), delayMs: () => delayMs, clock, logger }));
  const ldap = await listen(false);
  const ldaps = await listen(true);
  const pong = () => ({ host, domain: organisation.domain, netbios: organisation.netbios, site, clientSite: MAIN_SITE });
  const openPings = () => openPingListener(ldap.port, pong).catch(() => null);
  let pings = await openPings();
  const stopPings = async () => {
    const open = pings;
    pings = null;
    await open?.close();
  };

  return {
    host,
    get ports() {
      return { ldap: ldap.port, ldaps: ldaps.port };
    },
    get state() {
      return state;
    },
    async set(next, seconds = 5) {
      const flaw = next === "untrusted" || next === "expired" || next === "wrong-name" ? next : null;
      context = flaw === null ? proper : contextOf(await pki.issue({ names, withoutSubject: true, flaw }));
      state = next;
      delayMs = next === "slow" ? seconds * 1000 : 0;
      built = null;
      await stopPings();
      if (next === "down") await Promise.all([ldap.close(), ldaps.close()]);
      else await Promise.all([ldap.open(), ldaps.open()]);
      if (next !== "down") pings = await openPings();
    },
    async dispose() {
      await stopPings();
      await Promise.all([ldap.close(), ldaps.close()]);
    },
  };
}
