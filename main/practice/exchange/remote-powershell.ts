/** Remote PowerShell of the practice servers: what each answers in the state that it is in. */
import type { Clock } from "../../ports.ts";
import { cmdletNamed, cmdletNames, runCmdlet, type CmdletAnswer, type CmdletPlace } from "./cmdlets.ts";
import type { CmdletParameters, EndpointAnswer, EndpointRequest } from "./protocol.ts";
import type { RecipientDirectory } from "./recipient-directory.ts";
import { cmdletError, commandNotFound, exceptionTypes, openingErrors, sessionGone, type ExceptionType } from "./remote-errors.ts";
import { createSessions, SESSION_LIMIT, type RemoteSession } from "./sessions.ts";

/** A server as remote PowerShell sees it. `state` is a front end's: a failure of another kind than remoting may be among them. */
export interface RemoteServer {
  /** Computer name. */
  readonly name: string;
  readonly host: string;
  readonly state: string;
  /** How long an answer takes, in milliseconds. */
  readonly delayMs: number;
}

/** Who signs in: with a role that allows the cmdlets or without; else Windows' number of the refusal. */
export type RemoteSignIn = { readonly ok: true; readonly account: string; readonly hasRole: boolean } | { readonly ok: false; readonly code: number };

export interface RemotePowerShellOptions {
  readonly clock: Clock;
  /** By host name in lower case; null for a name that is none of a server. */
  readonly server: (host: string) => RemoteServer | null;
  readonly signIn: (username: string, password: string) => RemoteSignIn;
  readonly directory: RecipientDirectory;
  readonly domain: string;
  readonly organisation: string;
}

/** `lost`: the connection breaks without an answer. `silent`: none ever comes. */
export type RemoteReply = { readonly how: "answer"; readonly answer: EndpointAnswer; readonly delayMs: number } | { readonly how: "lost" | "silent" };

/** How whoever attends a session hears of its end, and says that nobody attends it any more. */
export interface Attendance {
  readonly ended: () => void;
  readonly onGone: (leave: () => void) => void;
}

export interface RemotePowerShell {
  reply(request: EndpointRequest, attendance: Attendance): Promise<RemoteReply>;
  sessions(): readonly RemoteSession[];
  dispose(): void;
}

/** States of a front end in which nothing answers at the port. */
const UNREACHABLE: readonly string[] = ["down", "refuse", "drain"];
/** States in which something else than PowerShell answers. */
const NOT_POWERSHELL: readonly string[] = ["refuses-sessions", "stopped", "sign-in", "redirect", "proxy-page"];

export function createRemotePowerShell(options: RemotePowerShellOptions): RemotePowerShell {
  const { clock, directory, domain, organisation } = options;
  const sessions = createSessions(clock);
  const now = () => new Date(clock.now());
  const say = (server: RemoteServer, answer: EndpointAnswer): RemoteReply => ({ how: "answer", answer, delayMs: server.delayMs });

  const open = (server: RemoteServer, { username, password, idleMs }: Extract<EndpointRequest, { op: "open" }>): EndpointAnswer => {
    const { state, host } = server;
    if (UNREACHABLE.includes(state)) return { error: openingErrors.cannotConnect(host) };
    if (NOT_POWERSHELL.includes(state)) return { error: openingErrors.refused(host) };
    if (state === "throttled") return { error: openingErrors.throttled(host) };
    if (state === "wrong-password") return { error: openingErrors.signIn(host, 1326) };
    const signedIn = options.signIn(username, password);
    if (!signedIn.ok) return { error: openingErrors.signIn(host, signedIn.code) };
    const offered = signedIn.hasRole && state !== "role-missing" ? cmdletNames : [];
    const session = state === "session-limit" ? null : sessions.open(signedIn.account, host, offered, idleMs);
    return session === null ? { error: openingErrors.tooManySessions(host, SESSION_LIMIT) } : { session: session.id, offered };
  };

  const run = (server: RemoteServer, command: string, parameters: CmdletParameters): Promise<CmdletAnswer> => {
    const place: CmdletPlace = { directory, server: server.name, domain, organisation, now };
    return runCmdlet(command, parameters, place);
  };

  /** What a failure answers in place of the cmdlet; null where the cmdlet runs. */
  const instead = (server: RemoteServer, command: string, parameters: CmdletParameters): CmdletAnswer | null => {
    const refuse = (type: ExceptionType, message: string): CmdletAnswer => ({ ok: false, error: cmdletError({ command, server: server.name, now: now() }, type, "NotSpecified", message) });
    const text = (name: string) => {
      const value = Object.entries(parameters).find(([key]) => key.toLowerCase() === name)?.[1];
      return typeof value === "string" ? value : "";
    };
    switch (server.state) {
      case "throttled":
        return refuse(exceptionTypes.overBudget, `Exceeded the budget of user for PowerShell cmdlets. Policy: GlobalThrottlingPolicy. Reset in 300000 milliseconds.`);
      case "not-seen":
        return refuse(exceptionTypes.notFound, `The operation couldn't be performed because object '${text("identity")}' couldn't be found on '${text("domaincontroller")}'.`);
      case "address-taken":
        return command.startsWith("Enable-")
          ? refuse(exceptionTypes.addressExists, `The proxy address "SMTP:${text("primarysmtpaddress") || `${text("alias")}@${domain}`}" is already being used by the proxy addresses or LegacyExchangeDN of "${domain}/People/person0001". Please choose another proxy address.`)
          : null;
      default:
        return null;
    }
  };

  const call = async (server: RemoteServer, session: RemoteSession, request: Extract<EndpointRequest, { op: "call" }>): Promise<RemoteReply> => {
    const command = cmdletNamed(request.command);
    if (command === null || !session.offered.includes(command)) return say(server, { error: commandNotFound(request.command) });
    const lose = (): RemoteReply => {
      sessions.close(session.id);
      return { how: "lost" };
    };
    if (server.state === "hangs") return { how: "silent" };
    if (server.state === "fails-before") return lose();
    // Somebody was quicker: the object is as it was asked for when the command comes.
    if (server.state === "already-enabled" && command.startsWith("Enable-")) await run(server, command, request.parameters);
    const result = instead(server, command, request.parameters) ?? (await run(server, command, request.parameters));
    if (server.state === "fails-after") return lose();
    return say(server, result.ok ? { objects: result.objects, warnings: result.warnings } : { error: result.error });
  };

  return {
    async reply(request, { ended, onGone }) {
      const server = options.server(request.server.toLowerCase());
      if (server === null) return { how: "lost" };
      if (server.state === "hang") return { how: "silent" };
      if (request.op === "open") return say(server, open(server, request));
      if (UNREACHABLE.includes(server.state)) {
        sessions.closeAll(server.host);
        return { how: "lost" };
      }
      const session = sessions.use(request.session, server.host);
      if (request.op === "close") {
        sessions.close(request.session);
        return say(server, { closed: true });
      }
      if (session === null) return say(server, { error: sessionGone(server.name, request.session) });
      if (request.op === "attend") {
        const leave = sessions.attend(session.id, server.host, ended);
        if (leave !== null) onGone(leave);
        return { how: "silent" };
      }
      return request.op === "offered" ? say(server, { offered: session.offered }) : call(server, session, request);
    },
    sessions: sessions.all,
    dispose: sessions.dispose,
  };
}
