/** Controllers of one practice domain, and things that are none, at names of their own. */
import { mkdtemp, rm } from "node:fs/promises";
import type net from "node:net";
import os from "node:os";
import path from "node:path";
import type { Clock, NameResolver } from "../../../main/ports.ts";
import { startDirectory, type PracticeDirectory } from "../../../main/practice/directory/directory.ts";
import { openListener, type Listener } from "../../../main/practice/loopback.ts";
import { createOrganisation, type Organisation } from "../../../main/practice/organisation.ts";
import { openPki, type Pki } from "../../../main/practice/pki.ts";
import { fail, succeed } from "../../../shared/fault.ts";
import { silentLogger } from "../../lab/loggers.ts";
import { systemClock } from "./subject.ts";

export const DOMAIN = "contoso.lab";

export interface Field {
  readonly pki: Pki;
  readonly organisation: Organisation;
  readonly resolver: NameResolver;
  /** Hosts that were connected to or asked for, in order. */
  readonly asked: string[];
  /** A controller at `name`. */
  controller(name: string, site?: string): Promise<PracticeDirectory>;
  /** What is not a controller, at `name`, on both ports. */
  place(name: string, onConnection: (socket: net.Socket) => void): Promise<Listener>;
  /** Names in the order of the domain's records; and of a site's. */
  register(names: readonly string[], site?: string): void;
  dispose(): Promise<void>;
}

/** Time that runs `times` as fast, for limits that take long. */
export function hurried(times: number): Clock {
  return { ...systemClock, after: (ms, callback) => systemClock.after(ms / times, callback) };
}

export async function openField(): Promise<Field> {
  const folder = await mkdtemp(path.join(os.tmpdir(), "field-"));
  const pki = await openPki(folder);
  const organisation = createOrganisation({ domain: DOMAIN, netbios: "CONTOSO", exchange: "Contoso" });
  const ports = new Map<string, () => { readonly ldap: number; readonly ldaps: number }>();
  const records = new Map<string, readonly string[]>();
  const endings: (() => Promise<void>)[] = [() => rm(folder, { recursive: true })];
  const asked: string[] = [];
  const resolver: NameResolver = {
    authorities: [pki.authorityPem],
    service: (name) => {
      const names = records.get(name);
      if (names === undefined) return Promise.resolve(fail({ kind: "unreachable", rung: "dns", reason: "name-not-found", host: name }));
      return Promise.resolve(succeed(names.map((each) => ({ host: `${each}.${DOMAIN}`, port: 389, priority: 0, weight: 100 }))));
    },
    connectTo: (host, port) => {
      asked.push(`${host}:${port}`);
      const found = ports.get(host)?.();
      if (found === undefined) return Promise.resolve(fail({ kind: "unreachable", rung: "dns", reason: "name-not-found", host }));
      return Promise.resolve(succeed([{ address: "127.0.0.1", port: port === 636 ? found.ldaps : found.ldap }]));
    },
  };
  return {
    pki,
    organisation,
    resolver,
    asked,
    controller: async (name, site) => {
      const directory = await startDirectory({ organisation, pki, clock: systemClock, logger: silentLogger, name, ...(site === undefined ? {} : { site }) });
      ports.set(directory.host, () => directory.ports);
      endings.push(() => directory.dispose());
      return directory;
    },
    place: async (name, onConnection) => {
      const listener = await openListener(onConnection);
      ports.set(`${name}.${DOMAIN}`, () => ({ ldap: listener.port, ldaps: listener.port }));
      endings.push(() => listener.close());
      return listener;
    },
    register: (names, site) => {
      records.set(site === undefined ? `_ldap._tcp.dc._msdcs.${DOMAIN}` : `_ldap._tcp.${site}._sites.dc._msdcs.${DOMAIN}`, names);
    },
    dispose: async () => {
      for (let end = endings.pop(); end !== undefined; end = endings.pop()) await end();
    },
  };
}
