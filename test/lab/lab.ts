/** The lab: the practice organisation with Samba as a real Active Directory, on a loopback address of its own. */
import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdir, readdir, rm } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { PRACTICE_PASSWORD } from "../../main/practice/directory/accounts.ts";
import { createOrganisation, type MailServer, type Organisation } from "../../main/practice/organisation.ts";
import { openPki, type Pki } from "../../main/practice/pki.ts";
import { signInAsAdministrator, type Administrator } from "./administrator.ts";
import { addOrganisation, addServer, serverDn } from "./exchange.ts";
import { isAlive } from "./lock.ts";
import { findPrograms } from "./programs.ts";
import { configure, CONTROLLER, freeAddress, NETBIOS, REALM, startSamba, TEMPLATE_ADDRESS } from "./samba.ts";
import { ensureTemplate } from "./template.ts";

const CACHE = path.join(import.meta.dirname, "..", "..", ".cache", "lab");

export interface LabOptions {
  /** False for a directory without an Exchange organisation. */
  readonly exchange?: boolean;
  /** Where template, authority and running copies lie; below `.cache` unless said otherwise. */
  readonly cache?: string;
}

export interface LabAccount {
  /** `name@domain`. */
  readonly username: string;
  readonly password: string;
}

export interface Lab {
  readonly domain: string;
  /** The domain's NetBIOS name. */
  readonly netbios: string;
  /** The domain controller's full name. */
  readonly controller: string;
  /** Where LDAP (389), LDAPS (636) and DNS (53) listen. */
  readonly address: string;
  /** What to type as the store's DNS server. */
  readonly dnsServer: string;
  readonly authorityPem: string;
  readonly pki: Pki;
  readonly organisation: Organisation;
  readonly administrator: Administrator;
  readonly accounts: {
    /** May read the Exchange servers. */
    readonly mail: LabAccount;
    /** May sign in and nothing else. */
    readonly unprivileged: LabAccount;
    readonly passwordExpired: LabAccount;
    readonly disabled: LabAccount;
    readonly mustChange: LabAccount;
    readonly locked: LabAccount;
    readonly expired: LabAccount;
  };
  /** The daemon's process id. */
  readonly pid: number;
  /** Registers Exchange 2016 servers until `total` of them stand. */
  addServers(total: number): Promise<void>;
  /** Makes the directory hold what the organisation holds now. */
  publish(): Promise<void>;
  /** Ends the daemon and removes its folder. */
  dispose(): Promise<void>;
}

/** Starts a lab, or throws with a sentence on what is missing. Any number may run at once. */
export async function startLab(options: LabOptions = {}): Promise<Lab> {
  const found = await findPrograms();
  if ("missing" in found) throw new Error(found.missing);
  const { programs } = found;
  const cache = options.cache ?? CACHE;
  const pki = await openPki(path.join(cache, "authority"));
  const identity = { ...(await pki.issue({ names: [CONTROLLER, REALM], keep: "controller" })), authorityPem: pki.authorityPem };
  const template = await ensureTemplate(programs, cache, identity);
  const folder = await makeFolder(path.join(cache, "running"));
  await promisify(execFile)("cp", ["-a", "--sparse=always", `${template}/.`, folder]);
  const address = await freeAddress();
  const samba = await startSamba(programs, await configure(folder, address, identity), address);
  const end = async () => {
    await samba.stop();
    await rm(folder, { recursive: true, force: true });
  };
  try {
    const organisation = createOrganisation({ domain: REALM, netbios: NETBIOS, exchange: options.exchange === false ? null : "Contoso" });
    const administrator = await signInAsAdministrator(address, pki.authorityPem);
    await administrator.moveRecords(TEMPLATE_ADDRESS, address);
    if (organisation.exchange !== null) await addOrganisation(administrator);
    const publish = publisher(administrator, organisation);
    await publish();
    const account = (name: string): LabAccount => ({ username: `${name}@${REALM}`, password: PRACTICE_PASSWORD });
    return {
      domain: REALM,
      netbios: NETBIOS,
      controller: CONTROLLER,
      address,
      dnsServer: address,
      authorityPem: pki.authorityPem,
      pki,
      organisation,
      administrator,
      accounts: {
        mail: account("svc-mail"),
        unprivileged: account("svc-unprivileged"),
        passwordExpired: account("svc-expired"),
        disabled: account("svc-disabled"),
        mustChange: account("svc-mustchange"),
        locked: account("svc-locked"),
        expired: account("svc-ended"),
      },
      pid: samba.pid,
      publish,
      addServers: async (total) => {
        organisation.fill(total);
        await publish();
      },
      dispose: async () => {
        await administrator.close();
        await end();
      },
    };
  } catch (error) {
    await end();
    throw error;
  }
}

/** Writes the differences since the last time, one call after the other. */
function publisher(administrator: Administrator, organisation: Organisation): () => Promise<void> {
  const written = new Map<string, MailServer>();
  let last: Promise<void> = Promise.resolve();
  const write = async () => {
    const standing = new Map(organisation.servers().map((server) => [server.host, server]));
    for (const [host, server] of written) {
      if (standing.get(host) === server) continue;
      await administrator.remove(serverDn(server));
      written.delete(host);
    }
    for (const [host, server] of standing) {
      if (written.has(host)) continue;
      await addServer(administrator, server);
      written.set(host, server);
    }
  };
  return () => {
    last = last.catch(() => undefined).then(write);
    return last;
  };
}

/** A folder of this process, after clearing away those of processes that died. */
async function makeFolder(running: string): Promise<string> {
  await mkdir(running, { recursive: true });
  for (const name of await readdir(running)) {
    const pid = Number(name.split("-")[0]);
    if (!isAlive(pid)) await rm(path.join(running, name), { recursive: true, force: true });
  }
  const folder = path.join(running, `${process.pid}-${randomBytes(4).toString("hex")}`);
  await mkdir(folder);
  return folder;
}
