/** Puts together what every host supplies the same way. */
import { statSync } from "node:fs";
import type { Logger, MachineNetwork, Ports, PracticePort, NameResolver, RemotingLocation } from "../../ports.ts";
import type { Managed } from "../../../shared/model/policy.ts";
import { managedValues } from "../../../shared/rules/policies.ts";
import { createSystemResolver } from "../../network/system-resolver.ts";
import { createProxyFinder } from "../../network/web-proxy.ts";
import { managedPreferences } from "../../policy/preferences.ts";
import { systemClock } from "./clock.ts";
import { isPrivateFolder, refuseOpenKeyFile, type FolderRights } from "./folder-rights.ts";
import { systemKeyWrapping } from "./key-wrapping.ts";
import { openLog } from "./logger.ts";
import { readLog } from "./log-files.ts";
import { machineNetwork } from "./machine-network.ts";
import { mailWords } from "./mail-words.ts";
import { logManaged, managedHere } from "./policies.ts";
import { findPowerShell, refusePowerShellOverride, windowsRemoting } from "./powershell.ts";
import { openPreferences, removeLeftovers } from "./preferences.ts";
import { currentUser } from "./user.ts";
import { productVersion } from "./version.ts";

export interface PortsRequest {
  readonly host: Ports["host"];
  /** Absolute. */
  readonly dataDirectory: string;
  /** What `securePrivateFolder` answered for it. */
  readonly rights: FolderRights;
  readonly openPractice: Ports["openPractice"];
  /** The practice organisation this app talks to, instead of the world. */
  readonly practice?: { readonly resolver: NameResolver; readonly network: MachineNetwork; readonly port: PracticePort; readonly remoting?: RemotingLocation | null } | null;
  /** What a host does its own way: Electron's key wrapping, preferences and file picker. */
  readonly own?: Partial<Pick<Ports, "keyWrapping" | "preferences" | "filePicker">>;
  readonly logger?: Logger;
  /** In place of what is managed on this computer. No entry of the product gives any. */
  readonly managed?: Managed;
  readonly invite?: NonNullable<Ports["invite"]>;
  /** In place of this machine's own; the practice organisation brings its own. */
  readonly remoting?: RemotingLocation;
}

export async function buildPorts(request: PortsRequest): Promise<Ports> {
  const { host, dataDirectory, rights, openPractice, practice = null, own = {} } = request;
  const isPrivate = () => rights === "private" || (rights === "kept" && isPrivateFolder(dataDirectory));
  const logger = request.logger ?? openLog(dataDirectory, host);
  if (rights === "open") logger.error("the rights of the data folder could not be set: other accounts may read it");
  if (refusePowerShellOverride()) logger.warn("the variable NODE_POWERSHELL is not obeyed");
  // A bug that ends the process leaves its stack in the log.
  process.on("uncaughtExceptionMonitor", (error) => logger.error("the process ends by a bug", { error }));
  removeLeftovers(dataDirectory, systemClock.now(), (file) => statSync(file).mtimeMs);
  const ofComputer = request.managed ?? managedHere();
  // The practice organisation's clouds are on this computer, where no web proxy leads.
  const managed = practice === null ? ofComputer : { ...ofComputer, policies: ofComputer.policies.filter(({ name }) => name !== "Proxy") };
  logManaged(managed, logger);
  const preferences = managedPreferences(own.preferences ?? openPreferences(dataDirectory, logger), managed);
  const forbidsKeyFile = managedValues(managed).NoKeyFile === true;
  const keyWrapping = (own.keyWrapping ?? systemKeyWrapping(dataDirectory)).filter(({ protection }) => !(forbidsKeyFile && protection === "key-file"));
  return {
    host,
    version: productVersion,
    dataDirectory,
    user: currentUser(),
    clock: systemClock,
    resolver: practice === null ? createSystemResolver({ clock: systemClock }) : practice.resolver,
    proxy: createProxyFinder(preferences.get, { environment: practice === null }),
    network: practice?.network ?? machineNetwork,
    logger,
    readLog: () => readLog(dataDirectory),
    keyWrapping: keyWrapping.map((way) => refuseOpenKeyFile(way, isPrivate)),
    preferences,
    managed,
    filePicker: own.filePicker ?? null,
    mailWords,
    powershell: findPowerShell(),
    remoting: practice === null ? (request.remoting ?? windowsRemoting()) : (practice.remoting ?? null),
    openPractice: practice === null ? openPractice : null,
    practice: practice?.port ?? null,
    ...(request.invite === undefined ? {} : { invite: request.invite }),
  };
}
