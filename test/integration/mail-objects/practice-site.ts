/** An app over the practice organisation with Exchange 2013 saved: exb is the first server, exa the second. */
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import type { App } from "../../../main/app.ts";
import type { Ports, RemotingLocation } from "../../../main/ports.ts";
import { startPractice, type PracticeOrganisation } from "../../../main/practice/index.ts";
import type { MadeStep, MailRequest } from "../../../shared/model/mail-object.ts";
import type { Progress } from "../../../shared/contract/progress.ts";
import { silentLogger } from "../../lab/loggers.ts";
import { portsWith } from "../../lab/ports.ts";
import { startApp } from "../../lab/start-app.ts";
import { systemClock, take } from "../../unit/main/store/support.ts";

export const EXB = "exb.contoso.lab";
export const EXA = "exa.contoso.lab";
export const GROUPS = "OU=Groups,DC=contoso,DC=lab";

export interface PracticeSite {
  readonly practice: PracticeOrganisation;
  readonly app: App;
  readonly ports: Ports;
  readonly storeId: string;
  /** Puts a practice server, or the directory, into a state. */
  set(component: string, state: string): Promise<void>;
  /** The file as it is after the last open app was closed: another process of the same computer. */
  again(changes?: Partial<Ports>): Promise<App>;
  stop(): Promise<void>;
}

export function options(signal = new AbortController().signal) {
  const events: Progress[] = [];
  const made = (): MadeStep[] => events.flatMap((event) => event.made ?? []);
  return { signal, progress: (event: Progress): void => void events.push(event), events, made };
}

export const group = (name: string, more: Partial<MailRequest> = {}): MailRequest => ({
  action: "create", type: "distribution-group", name, container: GROUPS, identity: null,
  alias: name.toLowerCase().replaceAll(" ", "."), address: null, externalAddress: null, accountName: name, ...more,
});

export interface PracticeSiteOptions {
  /** The ticked servers, the first one first. */
  readonly servers?: readonly string[];
  /** Another shell than the stand-in one. */
  readonly remotingOf?: (practice: PracticeOrganisation) => Promise<RemotingLocation>;
  /** One that checks servers on its own, unless it is said otherwise. */
  readonly host?: Ports["host"];
}

export async function practiceSite({ servers = [EXB, EXA], remotingOf, host = "loopback" }: PracticeSiteOptions = {}): Promise<PracticeSite> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "messaging-console-mail-"));
  const practice = await startPractice({ dataDirectory: path.join(folder, "practice"), clock: systemClock, logger: silentLogger });
  const { network, resolver, port } = practice;
  const remoting = (await remotingOf?.(practice)) ?? practice.remoting;
  const ports = portsWith(path.join(folder, "data"), { host, network, resolver, practice: port, remoting });
  const app = take(await startApp(ports));
  const { password, domain, username } = port.facts();
  const document = {
    name: "Contoso HQ",
    connection: { kind: "active-directory", domain, domainControllers: [], dnsServer: null, username, security: "ldaps", trust: { mode: "system" } },
    messaging: { provider: "exchange", variant: "2013", values: { domain, username }, servers: servers.map((name, index) => ({ name, priority: index + 1 })) },
  };
  const created = take(await app.services.documents.create({ document, secrets: { "directory.password": password, "messaging.password": password }, files: {} }));
  const opened: App[] = [app];
  return {
    practice,
    app,
    ports,
    storeId: created.id,
    set: async (component, state) => void take(await port.run(state, component, null)),
    again: async (changes = {}) => {
      await opened.at(-1)?.dispose();
      const next = take(await startApp({ ...ports, ...changes }));
      opened.push(next);
      return next;
    },
    stop: async () => {
      await opened.at(-1)?.dispose();
      await practice.dispose();
      fs.rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}
