/** A domain controller of the practice organisation: LDAP and LDAPS on loopback ports, and ways to break it. */
import { constants } from "node:crypto";
import tls from "node:tls";
import type { Clock, Logger } from "../../ports.ts";
import { openListener } from "../loopback.ts";
import type { Organisation } from "../organisation.ts";
import type { Identity, Pki } from "../pki.ts";
import type { SignInFailure } from "./accounts.ts";
import { serveConnection } from "./connection.ts";
import { buildEntries } from "./entries.ts";
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
  "hardened",
  "no-exchange",
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

const signInFailures: readonly DirectoryState[] = ["wrong-password", "locked", "expired-password"] satisfies readonly NonNullable<SignInFailure>[];

function isSignInFailure(state: DirectoryState): state is NonNullable<SignInFailure> {
  return signInFailures.includes(state);
}

function contextOf(identity: Identity): tls.SecureContext {
  // No resumption: a client must see the certificate of this moment, not of an earlier session.
  return tls.createSecureContext({ cert: identity.certificatePem, key: identity.keyPem, secureOptions: constants.SSL_OP_NO_TICKET });
}

/** Starts the domain controller `dc1` of an organisation. */
export async function startDirectory(options: {
  readonly organisation: Organisation;
  readonly pki: Pki;
  readonly clock: Clock;
  readonly logger: Logger;
}): Promise<PracticeDirectory> {
  const { organisation, pki, clock, logger } = options;
  const host = `dc1.${organisation.domain}`;
  const names = [host, organisation.domain];
  const proper = contextOf(await pki.issue({ names, withoutSubject: true, keep: `controller-${host}` }));
  let context = proper;
  let state: DirectoryState = "up";
  let delayMs = 0;
  let tree: Tree | null = null;
  const forget = organisation.onChange(() => {
    tree = null;
  });

  const view = (): DirectoryView => ({
    tree: (tree ??= buildEntries(organisation, { exchange: state !== "no-exchange" })),
    controller: { host, domain: organisation.domain, netbios: organisation.netbios },
    signInFailure: isSignInFailure(state) ? state : null,
    hardened: state === "hardened",
    now: clock.now(),
  });
  const listen = (secure: boolean) =>
    openListener((socket) => serveConnection(socket, { view, secure, tlsContext: () => context, delayMs: () => delayMs, clock, logger }));
  const ldap = await listen(false);
  const ldaps = await listen(true);

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
      tree = null;
      if (next === "down") await Promise.all([ldap.close(), ldaps.close()]);
      else await Promise.all([ldap.open(), ldaps.open()]);
    },
    async dispose() {
      forget();
      await Promise.all([ldap.close(), ldaps.close()]);
    },
  };
}
