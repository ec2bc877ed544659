/** The lab: the practice organisation with Samba as a real Active Directory, on a loopback address of its own. */
import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdir, readdir, rm } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { systemClock } from "../../main/hosts/shared/clock.ts";
import { PRACTICE_PASSWORD } from "../../main/practice/directory/accounts.ts";
import type { RemoteServer } from "../../main/practice/exchange/remote-powershell.ts";
import { createExchangePart } from "../../main/practice/exchange-part.ts";
import { startFrontEnds } from "../../main/practice/front-ends.ts";
import { createOrganisation, type Organisation } from "../../main/practice/organisation.ts";
import { openPki, type Pki } from "../../main/practice/pki.ts";
import type { PracticeComponent } from "../../shared/contract/practice.ts";
import type { Result } from "../../shared/fault.ts";
import { signInAsAdministrator, type Administrator } from "./administrator.ts";
import { startController, type Controller } from "./controller.ts";
import { createDoors } from "./doors.ts";
import { addOrganisation, createPublisher } from "./exchange.ts";
import { isAlive } from "../../build/lock.ts";
import { findPrograms } from "./programs.ts";
import { CONTROLLER, freeAddress, NETBIOS, REALM, TEMPLATE_ADDRESS } from "./samba.ts";
import { ensureTemplate } from "./template.ts";

const CACHE = path.join(import.meta.dirname, "..", "..", ".cache", "lab");

export interface LabOptions {
  /** False for a directory without an Exchange organisation. */
  readonly exchange?: boolean;
  /** False leaves out the mail servers' HTTPS, for tests of the directory alone. */
  readonly frontEnds?: boolean;
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
  /** The authority behind the controller's and the mail servers' certificates: the CA file to choose in the form. */
  readonly authorityPem: string;
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
  readonly organisation: Organisation;
  /** The daemon's process id, null while the directory is down. */
  readonly pid: number | null;
  components(): readonly PracticeComponent[];
  /** A server by its host name, as remote PowerShell sees it in the state that it is in; null for another name. */
  remoteServer(host: string): RemoteServer | null;
  /** The verbs of the practice organisation; null for one that nothing here understands. */
  run(verb: string, target: string | null, argument: string | null): Promise<Result<null> | null>;
  /** Registers Exchange 2016 servers until `total` of them stand. */
  addServers(total: number): Promise<void>;
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
  const identity = { ...(await pki.issue({ names: [CONTROLLER, REALM], withoutSubject: true, keep: "domain-controller" })), authorityPem: pki.authorityPem };
  const template = await ensureTemplate(programs, cache, identity);
  const folder = await makeFolder(path.join(cache, "running"));
  const removeFolder = () => rm(folder, { recursive: true, force: true });
  try {
    await promisify(execFile)("cp", ["-a", "--sparse=always", `${template}/.`, folder]);
    const address = await freeAddress();
    const controller = await startController({ programs, pki, folder, address });
    return await furnish({ controller, address, pki, removeFolder, options });
  } catch (error) {
    await removeFolder();
    throw error;
  }
}

interface Furnishing {
  readonly controller: Controller;
  readonly address: string;
  readonly pki: Pki;
  readonly removeFolder: () => Promise<void>;
  readonly options: LabOptions;
}

async function furnish({ controller, address, pki, removeFolder, options }: Furnishing): Promise<Lab> {
  const endings: (() => Promise<void>)[] = [removeFolder, () => controller.dispose()];
  const dispose = async () => {
    for (let end = endings.pop(); end !== undefined; end = endings.pop()) await end();
  };
  try {
    const organisation = createOrganisation({ domain: REALM, netbios: NETBIOS, exchange: options.exchange === false ? null : "Contoso" });
    const administrator = await signInAsAdministrator(address);
    endings.push(() => administrator.close());
    await administrator.moveRecords(TEMPLATE_ADDRESS, address);
    if (organisation.exchange !== null) await addOrganisation(administrator);
    const publish = createPublisher(administrator, organisation);
    await publish();
    const part = options.frontEnds === false ? null : await openFrontEnds({ organisation, controller, administrator, pki });
    if (part !== null) endings.push(part.dispose);
    const account = (name: string): LabAccount => ({ username: `${name}@${REALM}`, password: PRACTICE_PASSWORD });
    const followUp = async () => {
      // A directory that is down learns of the servers when it is up again.
      if (controller.state === "down") return;
      await publish();
      await part?.align();
    };
    return {
      domain: REALM,
      netbios: NETBIOS,
      controller: CONTROLLER,
      address,
      dnsServer: address,
      authorityPem: pki.authorityPem,
      organisation,
      accounts: {
        mail: account("svc-mail"),
        unprivileged: account("svc-unprivileged"),
        passwordExpired: account("svc-expired"),
        disabled: account("svc-disabled"),
        mustChange: account("svc-mustchange"),
        locked: account("svc-locked"),
        expired: account("svc-ended"),
      },
      get pid() {
        return controller.pid;
      },
      components: () => part?.components() ?? [],
      remoteServer: (host) => part?.remoteServer(host) ?? null,
      run: async (verb, target, argument) => {
        const result = (await part?.run(verb, target, argument)) ?? null;
        if (result?.ok === true) await followUp();
        return result;
      },
      addServers: async (total) => {
        organisation.fill(total);
        await followUp();
      },
      dispose,
    };
  } catch (error) {
    await dispose();
    throw error;
  }
}

async function openFrontEnds(options: {
  readonly organisation: Organisation;
  readonly controller: Controller;
  readonly administrator: Administrator;
  readonly pki: Pki;
}) {
  const { organisation, controller, administrator, pki } = options;
  const frontEnds = await startFrontEnds({ pki, clock: systemClock, domain: REALM });
  const part = await createExchangePart({ organisation, frontEnds, directories: [controller], domainOf: () => REALM });
  const doors = createDoors({ organisation, frontEnds, administrator });
  await doors.align();
  return {
    components: part.components,
    run: part.run,
    remoteServer: (host: string): RemoteServer | null => {
      const found = organisation.servers().find((each) => each.host === host);
      return found === undefined ? null : { name: found.name, host, state: frontEnds.stateOf(host) ?? "up", delayMs: frontEnds.delayOf(host) };
    },
    align: async () => {
      const servers = organisation.servers();
      await frontEnds.add(servers.map(({ host, name, generated }) => ({ host, name: `${name}.${REALM}`, shared: generated })));
      await doors.align();
    },
    dispose: async () => {
      await doors.dispose();
      await part.dispose();
    },
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
