/** The Exchange side of the practice organisation as a part: its mail servers and its directory, with their verbs. */
import type { PracticeComponent } from "../../shared/contract/practice.ts";
import { fail, succeed, type Result } from "../../shared/fault.ts";
import { serverFailures } from "../../shared/model/mail-plan.ts";
import { createTurns } from "../../shared/turns.ts";
import { PRACTICE_PASSWORD } from "./directory/accounts.ts";
import { directoryStates, type ControllerPart, type DirectoryState } from "./directory/directory.ts";
import { frontEndStates, type FrontEnds, type FrontEndState } from "./front-ends.ts";
import { exchangeVersions, type MailServer, type Organisation } from "./organisation.ts";
import type { PracticePart } from "./part.ts";

/** Exchange 2016 servers that stand after `thousand`: two more than a directory returns at once. */
export const THOUSAND = 1002;

const DIRECTORY = "directory";
const GENERATED = "generated";
/** Failures that a directory has and a server's front end has not, so that their verbs need no target. */
const directoryOnly: readonly string[] = directoryStates.filter((state) => (serverFailures as readonly string[]).includes(state) || !(frontEndStates as readonly string[]).includes(state));
/** A computer name as Windows allows it. */
const NAME = /^[a-z0-9]([a-z0-9-]{0,13}[a-z0-9])?$/i;

export interface ExchangePartOptions {
  readonly organisation: Organisation;
  readonly frontEnds: FrontEnds;
  /** The organisation's own directory first; the others only have names. */
  readonly directories: readonly [ControllerPart, ...ControllerPart[]];
  /** DNS domains by controller host. */
  readonly domainOf: (controller: string) => string;
}

function isFrontEndState(verb: string): verb is FrontEndState {
  return (frontEndStates as readonly string[]).includes(verb);
}

function isDirectoryState(verb: string): verb is DirectoryState {
  return (directoryStates as readonly string[]).includes(verb);
}

/** Seconds out of a verb's argument; 5 when absent, null when it is no number from 0 to 3600. */
function secondsOf(argument: string | null): number | null {
  if (argument === null || argument.trim() === "") return 5;
  const seconds = Number(argument);
  return seconds >= 0 && seconds <= 3600 ? seconds : null;
}

function refused(code: string): Result<never> {
  return fail({ kind: "invalid", issues: [{ path: ["argument"], code }] });
}

function idOf(server: MailServer): string {
  return server.name.toLowerCase();
}

/** Brings the front ends in line with the servers of the organisation. */
async function align(options: ExchangePartOptions, before: readonly MailServer[]): Promise<void> {
  const { organisation, frontEnds } = options;
  const after = organisation.servers();
  const hosts = new Set(after.map(({ host }) => host));
  for (const { host } of before) if (!hosts.has(host)) await frontEnds.remove(host);
  await frontEnds.add(after.map(({ host, name, generated }) => ({ host, name: `${name}.${organisation.domain}`, shared: generated })));
}

/** Makes the part and opens the servers' front ends. */
export async function createExchangePart(options: ExchangePartOptions): Promise<PracticePart> {
  const { organisation, frontEnds, directories, domainOf } = options;
  const [directory] = directories;
  await align(options, []);

  const changed = async (change: () => boolean): Promise<boolean> => {
    const before = organisation.servers();
    const done = change();
    if (done) await align(options, before);
    return done;
  };

  const add = async (target: string | null, argument: string | null): Promise<Result<null>> => {
    const words = [target === DIRECTORY ? null : target, argument].flatMap((text) => (text ?? "").split(/\s+/)).filter((word) => word !== "");
    const [name = "", version = "2016"] = words;
    const short = name.toLowerCase().endsWith(`.${organisation.domain}`) ? name.slice(0, -organisation.domain.length - 1) : name;
    const found = exchangeVersions.find(({ id }) => id === version.toLowerCase());
    if (!NAME.test(short) || short.toLowerCase() === DIRECTORY || short.toLowerCase() === GENERATED) return refused("server-name");
    if (found === undefined) return refused("exchange-version");
    return (await changed(() => organisation.add(short, found))) ? succeed(null) : refused("server-exists");
  };

  const reset = async () => {
    await changed(() => {
      organisation.reset();
      return true;
    });
    for (const { host } of organisation.servers()) if (frontEnds.stateOf(host) !== "up") await frontEnds.set(host, "up");
    for (const each of directories) {
      each.forget();
      await each.set("up");
    }
    return succeed(null);
  };

  const onDirectory = async (verb: string, argument: string | null): Promise<Result<null>> => {
    const seconds = secondsOf(argument);
    if (!isDirectoryState(verb)) return fail({ kind: "unsupported", why: "practice-verb", detail: verb });
    if (seconds === null) return refused("seconds");
    await directory.set(verb, seconds);
    return succeed(null);
  };

  const onServer = async (server: MailServer, verb: string, argument: string | null): Promise<Result<null>> => {
    if (verb === "remove") {
      await changed(() => organisation.remove(server.name));
      return succeed(null);
    }
    const seconds = secondsOf(argument);
    if (!isFrontEndState(verb)) return fail({ kind: "unsupported", why: "practice-verb", detail: verb });
    if (seconds === null) return refused("seconds");
    await frontEnds.set(server.host, verb, seconds);
    return succeed(null);
  };

  const perform = async (verb: string, target: string | null, argument: string | null): Promise<Result<null> | null> => {
    if (verb === "reset" && target === null) return reset();
    if (verb === "add") return add(target, argument);
    if (verb === "thousand") {
      await changed(() => {
        organisation.fill(THOUSAND);
        return true;
      });
      return succeed(null);
    }
    if (target === GENERATED && verb === "remove") {
      const generated = organisation.servers().filter((server) => server.generated);
      await changed(() => {
        for (const { name } of generated) organisation.remove(name);
        return true;
      });
      return succeed(null);
    }
    if (target === DIRECTORY || (target === null && directoryOnly.includes(verb))) return onDirectory(verb, argument);
    const name = target ?? (verb === "remove" ? argument : null);
    const server = name === null ? null : organisation.find(name.trim());
    return server === null ? null : onServer(server, verb, argument);
  };

  const serverComponent = (server: MailServer): PracticeComponent => ({
    id: idOf(server),
    detail: server.version.id,
    kind: "server",
    state: frontEnds.stateOf(server.host) ?? "up",
    verbs: [...frontEndStates, "remove"],
  });

  // One verb after another: two at once could leave a listener open that the other closed.
  const inTurn = createTurns();

  return {
    components() {
      const servers = organisation.servers();
      const generated = servers.filter((server) => server.generated);
      const broken = generated.filter(({ host }) => frontEnds.stateOf(host) !== "up");
      const rest = generated.length - broken.length;
      return [
        ...servers.filter((server) => !server.generated).map(serverComponent),
        ...broken.map(serverComponent),
        ...(rest === 0 ? [] : [{ id: GENERATED, detail: String(rest), kind: "server" as const, state: "up", verbs: ["remove"] }]),
        { id: DIRECTORY, detail: directory.host, kind: "directory", state: directory.state, verbs: [...directoryStates, "add", "thousand"] },
      ];
    },
    run: (verb, target, argument) => inTurn(() => perform(verb, target, argument)),
    route(host, port) {
      if (port === 443) return frontEnds.portOf(host);
      const controller = directories.find((each) => each.host === host || domainOf(each.host) === host);
      if (controller === undefined) return null;
      return port === 389 ? controller.ports.ldap : port === 636 ? controller.ports.ldaps : null;
    },
    forms: () => [
      {
        provider: "exchange",
        values: [
          { field: "domain", value: organisation.domain },
          { field: "username", value: `${organisation.netbios}\\svc-mail` },
          { field: "password", value: PRACTICE_PASSWORD },
        ],
      },
    ],
    files: () => [],
    async dispose() {
      await inTurn(() => Promise.resolve());
      await Promise.all([frontEnds.dispose(), ...directories.map((each) => each.dispose())]);
    },
  };
}
