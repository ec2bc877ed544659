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
import { generalizedTime } from "./root-dse.ts";
import { entryOf, type AttributeValue, type Entry, type Tree } from "./tree.ts";
import { createWritten } from "./written.ts";

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

/** The entries, for whoever changes them with rights of its own. */
export interface PracticeEntries {
  find(dn: string): Entry | null;
  having: Tree["having"];
  /** Replaces values of attributes by the schema's names; an attribute without any goes. Does nothing for an entry that is not there. */
  write(dn: string, changes: Readonly<Record<string, readonly AttributeValue[]>>): void;
}

/** A domain controller as a part that can be broken. */
export interface ControllerPart {
  /** Fully qualified name of the domain controller. */
  readonly host: string;
  readonly ports: { readonly ldap: number; readonly ldaps: number };
  readonly state: DirectoryState;
  /** `seconds` is for `slow`: how long each request waits. */
  set(state: DirectoryState, seconds?: number): Promise<void>;
  /** Takes away everything that was written, where that can be told from the rest. */
  forget(): void;
  dispose(): Promise<void>;
}

export interface PracticeDirectory extends ControllerPart {
  readonly entries: PracticeEntries;
}

const signInFailures: readonly DirectoryState[] = ["wrong-password", "locked", "expired-password", "restricted", "no-logon-server"] satisfies readonly NonNullable<SignInFailure>[];

/** Whether a state is one in which nobody is let in. */
export function isSignInFailure(state: DirectoryState): state is NonNullable<SignInFailure> {
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
  const written = createWritten();
  let built: { readonly servers: readonly MailServer[]; readonly tree: Tree } | null = null;
  const treeNow = () => {
    const servers = organisation.servers();
    if (built?.servers === servers) return built.tree;
    const tree = buildEntries(organisation, { exchange: state !== "no-exchange", conflict: state === "conflict" });
    written.apply(tree);
    built = { servers, tree };
    return tree;
  };

  const view = (): DirectoryView => ({
    tree: treeNow(),
    written,
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
    entries: {
      find: (dn) => treeNow().find(dn),
      having: (attribute, value) => treeNow().having(attribute, value),
      write(dn, changes) {
        const tree = treeNow();
        const entry = tree.find(dn);
        if (entry === null) return;
        const values = new Map<string, readonly AttributeValue[]>(entry.names.map((each) => [each, entry.values(each.toLowerCase())]));
        const marks = { whenChanged: [generalizedTime(clock.now())], uSNChanged: [written.nextNumber()] };
        for (const [attribute, list] of Object.entries({ ...changes, ...marks })) values.set(attribute, list);
        written.put(tree, entryOf(entry.dn, values));
      },
    },
    forget() {
      written.forget();
      built = null;
    },
    get ports() {
      return { ldap: ldap.port, ldaps: ldaps.port };
    },
    get state() {
      return state;
    },
    async set(next, seconds = 5) {
      if (next === state && next !== "slow") return;
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
