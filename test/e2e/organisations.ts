/** What the same steps are done against: the practice organisation, and a real Active Directory. */
import { existsSync } from "node:fs";
import { startLab, type Lab } from "../lab/lab.ts";
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
