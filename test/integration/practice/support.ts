/** A practice organisation for one test file, and clients to speak with it. */
import { execFile } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import https from "node:https";
import net from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import tls from "node:tls";
import { Client } from "ldapts";
import { systemClock } from "../../../main/hosts/shared/clock.ts";
import type { Clock } from "../../../main/ports.ts";
import { startPractice, type PracticeOrganisation } from "../../../main/practice/index.ts";
import { PRACTICE_PASSWORD } from "../../../main/practice/directory/accounts.ts";
import { recordingLogger } from "../../lab/loggers.ts";

export const clock: Clock = { ...systemClock, random: () => 0.5 };

export const noSignal = new AbortController().signal;
export const DOMAIN_DN = "DC=contoso,DC=lab";
export const CONFIGURATION_DN = `CN=Configuration,${DOMAIN_DN}`;
export const EXCHANGE_DN = `CN=Microsoft Exchange,CN=Services,${CONFIGURATION_DN}`;
export const SERVERS_FILTER = "(objectCategory=msExchExchangeServer)";

export function temporaryFolder(): { readonly folder: string; remove(): void } {
  const folder = mkdtempSync(path.join(tmpdir(), "practice-"));
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

export interface Practice extends PracticeOrganisation {
  readonly folder: string;
  readonly errors: readonly unknown[];
  /** The loopback port behind a name; throws when it does not resolve. */
  portOf(host: string, port: number): Promise<number>;
  /** Runs a verb and throws unless it succeeded. */
  does(verb: string, target?: string | null, argument?: string | null): Promise<void>;
  stop(): Promise<void>;
}

export async function openPractice(): Promise<Practice> {
  const place = temporaryFolder();
  const logger = recordingLogger();
  const practice = await startPractice({ dataDirectory: place.folder, clock, logger });
  return {
    ...practice,
    folder: place.folder,
    errors: logger.errors,
    async portOf(host, port) {
      const found = await practice.resolver.connectTo(host, port, { server: null, signal: noSignal });
      const target = found.ok ? found.value[0] : undefined;
      if (target === undefined) throw new Error(`${host}:${port} does not resolve`);
      return target.port;
    },
    async does(verb, target = null, argument = null) {
      const result = await practice.port.run(verb, target, argument);
      if (!result.ok) throw new Error(JSON.stringify(result.fault));
    },
    async stop() {
      await practice.dispose();
      place.remove();
    },
  };
}

/** An LDAP client that trusts the practice authority and knows the controller by its name. */
export async function ldapClient(practice: Practice, security: "ldaps" | "none" = "ldaps", host = "dc1.contoso.lab"): Promise<Client> {
  const port = await practice.portOf(host, security === "ldaps" ? 636 : 389);
  const tlsOptions = { ca: [...practice.resolver.authorities], servername: host };
  return new Client({ url: `${security === "ldaps" ? "ldaps" : "ldap"}://127.0.0.1:${port}`, timeout: 10_000, ...(security === "ldaps" ? { tlsOptions } : {}) });
}

/** A client signed in as the service account, or as `name`. */
export async function signedIn(practice: Practice, name = "CONTOSO\\svc-mail"): Promise<Client> {
  const client = await ldapClient(practice);
  await client.bind(name, PRACTICE_PASSWORD);
  return client;
}

export interface ProgramOutcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs one of OpenLDAP's programs; a client that shares no code with ours. */
export function ldapProgram(name: string, args: readonly string[]): Promise<ProgramOutcome> {
  // The programs check names against the address in the URL, which is not a name of the practice organisation.
  const env = { ...process.env, LDAPTLS_REQCERT: "never" };
  return new Promise((resolve) => {
    execFile(name, [...args], { env, maxBuffer: 64 * 1024 * 1024 }, (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : typeof error.code === "number" ? error.code : -1, stdout, stderr });
    });
  });
}

const forSite = (_host: string, certificate: tls.PeerCertificate) => tls.checkServerIdentity("mail.contoso.lab", certificate);

export interface WebAnswer {
  readonly status: number;
  readonly body: string;
  readonly peer: string;
  readonly ms: number;
}

/**
 * Asks a front end by its own name, as a client that expects the site's certificate. Rejects with Node's error, whose
 * `code` says what failed.
 */
export async function ask(practice: Practice, host: string, file = "/PowerShell/healthcheck.htm", timeoutMs = 5000): Promise<WebAnswer> {
  const port = await practice.portOf(host, 443);
  const started = performance.now();
  return new Promise((resolve, reject) => {
    const request = https.get(
      { host: "127.0.0.1", port, path: file, servername: host, headers: { host }, ca: [...practice.resolver.authorities], agent: false, timeout: timeoutMs, checkServerIdentity: forSite },
      (response) => {
        let body = "";
        response.setEncoding("utf8");
        response.on("data", (chunk: string) => {
          body += chunk;
        });
        response.on("end", () => resolve({ status: response.statusCode ?? 0, body, peer: response.socket.remoteAddress ?? "", ms: performance.now() - started }));
      },
    );
    request.on("timeout", () => request.destroy(Object.assign(new Error("no answer"), { code: "TIMEOUT" })));
    request.on("error", reject);
  });
}

/** The `code` of the error a promise rejects with; `fulfilled` when it does not. */
export async function errorCode(promise: Promise<unknown>): Promise<string> {
  try {
    await promise;
    return "fulfilled";
  } catch (error) {
    return error instanceof Error && "code" in error ? String(error.code) : String(error);
  }
}

/** Sends bytes to a port and collects what comes back until the far side closes or `ms` have passed. */
export function exchangeBytes(port: number, bytes: Buffer, ms = 2000): Promise<{ readonly received: Buffer; readonly closed: boolean }> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    const socket = net.connect({ host: "127.0.0.1", port });
    const finish = (closed: boolean) => {
      clearTimeout(timer);
      socket.destroy();
      resolve({ received: Buffer.concat(chunks), closed });
    };
    const timer = setTimeout(() => finish(false), ms);
    socket.on("connect", () => socket.write(bytes));
    socket.on("data", (chunk) => chunks.push(chunk));
    socket.on("error", () => finish(true));
    socket.on("close", () => finish(true));
  });
}
