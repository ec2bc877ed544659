/** What the console knows of itself and of this computer. */
import os from "node:os";
import { contractHash } from "../../../shared/contract/hash.ts";
import type { Foundation } from "../rooms.ts";
import type { Telling } from "./telling.ts";

export function aboutFacts({ ports, store, data }: Foundation, telling: Telling): unknown {
  const { powershell, remoting, clock } = ports;
  const { versions, platform, arch } = process;
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  const now = new Date(clock.now());
  const team = store.team?.state() ?? null;
  return {
    format: 1,
    madeAt: now.toISOString(),
    timeZone,
    minutesFromUtc: -now.getTimezoneOffset(),
    console: { version: ports.version, contract: contractHash(), host: ports.host, practice: ports.practice !== null, runsForMinutes: Math.floor(process.uptime() / 60) },
    runtime: { node: versions.node, electron: versions["electron"] ?? null, v8: versions.v8, openssl: versions.openssl, sqlite: versions["sqlite"] ?? null },
    system: { platform, arch, release: os.release(), version: os.version(), processors: os.cpus().length, memoryMiB: Math.round(os.totalmem() / 1024 / 1024), freeMemoryMiB: Math.round(os.freemem() / 1024 / 1024) },
    powershell: powershell === null ? null : { edition: powershell.edition, executable: telling.text(powershell.executable) },
    remoting: remoting === null ? null : { edition: remoting.edition },
    data: {
      worksOn: team === null ? "file" : "team",
      folder: telling.naming.of("folder", ports.dataDirectory),
      keyProtection: store.vault.protection,
      ways: ports.keyWrapping.map(({ protection }) => protection),
      notice: store.notice,
      fault: telling.data(data.fault),
      team: team === null ? null : { role: team.role, enrolment: team.enrolment, members: team.members.length, away: telling.data(team.away), heardAt: iso(team.heardAt), keptDrafts: team.keptDrafts },
    },
    network: { interfaces: ports.network.interfaces().length },
  };
}

const PROXY_VARIABLES = ["HTTPS_PROXY", "HTTP_PROXY", "ALL_PROXY", "NO_PROXY"];

export function settingsFacts({ ports }: Foundation, telling: Telling): unknown {
  const { mailColumns, proxyAddress, ...preferences } = ports.preferences.get();
  const variables = PROXY_VARIABLES.filter((name) => (process.env[name] ?? process.env[name.toLowerCase()] ?? "") !== "");
  return { ...preferences, proxyAddress: telling.text(proxyAddress), mailColumnsChosen: Object.keys(mailColumns).length, proxyVariablesSet: variables };
}

/** Null for a moment that never was. */
export function iso(at: number | null): string | null {
  return at === null || at === 0 ? null : new Date(at).toISOString();
}
