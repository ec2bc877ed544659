/** What the same steps are done against: the practice organisation, and a real Active Directory. */
import { existsSync } from "node:fs";
import { setTimeout } from "node:timers/promises";
import { powershellHere, powershellWords } from "../lab/dotnet.ts";
import { labRemoting, type LabRemoting } from "../lab/exchange-remoting/lab-remoting.ts";
import { REMOTING_VARIABLE } from "../lab/exchange-remoting/remoting-variable.ts";
import { startLab, type Lab } from "../lab/lab.ts";
import { reasonToSkip } from "../lab/programs.ts";
import { PRACTICE_PASSWORD } from "../../main/practice/directory/accounts.ts";
import { startHost, type HostProcess } from "./host-process.ts";
import { practice } from "./running-practice.ts";

/** An organisation the console can be pointed at, and broken. */
export interface Subject {
  readonly domain: string;
  readonly username: string;
  readonly password: string;
  /** Typed into the store's form where the machine's own resolver does not know the domain. */
  readonly dnsServer: string | null;
  /** Chosen as the trusted authority; null where this computer trusts the certificates already. */
  readonly authorityPem: string | null;
  /** A server's full name. */
  nameOf(server: string): string;
  startConsole(dataDirectory: string): Promise<HostProcess>;
  /** Breaks or mends, as the drawer and the command line do. */
  run(verb: string, target: string): Promise<void>;
  dispose(): Promise<void>;
}

const LOOPBACK_HOST = "out/main/loopback.js";
const REMOTING_HOST = "test/lab/exchange-remoting/remoting-host.ts";

/** The practice organisation lives in the console's own process: its verbs go there as from the command line. */
export function practiceOrganisation(): Promise<Subject> {
  let data = "";
  return Promise.resolve({
    domain: "contoso.lab",
    username: "CONTOSO\\svc-mail",
    password: PRACTICE_PASSWORD,
    dnsServer: null,
    authorityPem: null,
    nameOf: (server) => `${server}.contoso.lab`,
    startConsole: (dataDirectory) => {
      data = dataDirectory;
      return startHost(LOOPBACK_HOST, ["--no-open", "--practice", "--data", dataDirectory]);
    },
    run: (verb, target) => practice(data, verb, target),
    dispose: () => Promise.resolve(),
  });
}

/** Samba as the directory, with DNS of its own and the mail servers' HTTPS on port 443 of loopback addresses. */
async function sambaOrganisation(): Promise<Subject> {
  return labOrganisation(await startLab());
}

/** The same, with a console whose PowerShell reaches the servers by real remoting, which a console has by itself on Windows alone. */
async function sambaWithRemoting(pwsh: string): Promise<Subject> {
  const lab = await startLab();
  const subject = labOrganisation(lab);
  try {
    const remoting = await labRemoting(lab, pwsh);
    return {
      ...subject,
      startConsole: (dataDirectory) => startHost(REMOTING_HOST, ["--no-open", "--data", dataDirectory], { [REMOTING_VARIABLE]: JSON.stringify(remoting.location) }),
      dispose: async () => {
        const left = await sessionsLeft(remoting);
        await remoting.dispose();
        await subject.dispose();
        if (left.length > 0) throw new Error(`Sessions were left at the servers: ${JSON.stringify(left)}`);
      },
    };
  } catch (error) {
    await subject.dispose();
    throw error;
  }
}

/** A session of which the server heard no more than its client's end stays for the minute that it may be idle; one that somebody holds stays longer. */
const IDLE_MS = 75_000;

async function sessionsLeft(remoting: LabRemoting): Promise<ReturnType<LabRemoting["sessions"]>> {
  const deadline = Date.now() + IDLE_MS;
  while (remoting.sessions().length > 0 && Date.now() < deadline) await setTimeout(500);
  return remoting.sessions();
}

/** A lab that runs already. */
export function labOrganisation(lab: Lab): Subject {
  return {
    domain: lab.domain,
    username: lab.accounts.mail.username,
    password: lab.accounts.mail.password,
    dnsServer: lab.dnsServer,
    authorityPem: lab.authorityPem,
    nameOf: (server) => `${server}.${lab.domain}`,
    startConsole: (dataDirectory) => startHost(LOOPBACK_HOST, ["--no-open", "--data", dataDirectory]),
    run: async (verb, target) => {
      const result = await lab.run(verb, target, null);
      if (result?.ok !== true) throw new Error(`The lab refused ${verb} ${target}: ${JSON.stringify(result)}`);
    },
    dispose: () => lab.dispose(),
  };
}

/** Both, for what must hold against either. */
export const subjects = [
  { name: "the practice organisation", start: practiceOrganisation, skip: false },
  { name: "a Samba Active Directory", start: sambaOrganisation, skip: !existsSync("/usr/sbin/samba") || process.getuid?.() !== 0 },
] as const;

const whyNoRemoting = powershellHere === null ? `needs PowerShell: ${powershellWords}` : await reasonToSkip();

/** Both with remote PowerShell at the servers, for what must hold of mail objects; `skip` is why one cannot be had here. */
export const remotingSubjects: readonly { readonly name: string; readonly start: () => Promise<Subject>; readonly skip: string | null }[] = [
  { name: "the practice organisation", start: practiceOrganisation, skip: null },
  { name: "a Samba Active Directory and real PowerShell remoting", start: () => sambaWithRemoting(powershellHere?.executable ?? "pwsh"), skip: whyNoRemoting },
];
