/** The console's scripts for mail servers, as the stand-in shell carries them out: with one session, as the process of a real shell keeps it. */
import type { Ask, Asked } from "./endpoint-client.ts";
import type { RemoteError } from "./protocol.ts";
import { openingErrors, transportLost } from "./remote-errors.ts";
import { scriptName } from "./shell-stream.ts";

/** The password that the first script reads and takes away, as the real one does. */
export const PASSWORD_VARIABLE = "MC_REMOTE_PASSWORD";

/** What a script returns; null for a script that is none of the console's. */
export type ScriptAnswer = Readonly<Record<string, unknown>> | null;

export interface ShellScripts {
  run(script: string, argument: unknown): Promise<ScriptAnswer>;
  /** Ends the session, as a shell that ends by itself does. */
  close(): Promise<void>;
}

/** An argument's properties; everything is missing in what is no object. */
function reader(argument: unknown) {
  const values: Readonly<Record<string, unknown>> = argument !== null && typeof argument === "object" ? { ...argument } : {};
  return {
    text: (name: string) => (typeof values[name] === "string" ? values[name] : ""),
    number: (name: string) => (typeof values[name] === "number" ? values[name] : null),
    list: (name: string): readonly unknown[] => (Array.isArray(values[name]) ? values[name] : []),
    /** Texts among parameters come with "=" before them, so that no JSON reader takes one for a date. */
    parameters: () => {
      const given = values["parameters"];
      const all = given !== null && typeof given === "object" ? Object.entries(given) : [];
      return Object.fromEntries(all.map(([name, value]: [string, unknown]) => [name, typeof value === "string" ? value.slice(1) : value]));
    },
  };
}

function failed({ type, id, category, code, message }: RemoteError, sessionState?: string): ScriptAnswer {
  const transport = type.endsWith(".PSRemotingTransportException");
  const error = { reason: type.slice(type.lastIndexOf(".") + 1), type, id, category, code: transport ? code : null, message, transport };
  return { ok: false, error, ...(sessionState === undefined ? {} : { sessionState }) };
}

/** What PowerShell says of a session that is not open any more. */
function notOpen(state: string): ScriptAnswer {
  const type = "System.Management.Automation.Runspaces.InvalidRunspaceStateException";
  return failed({ type, id: "InvalidRunspaceStateException", category: "NotSpecified", code: null, message: `Cannot perform the operation because the runspace is not in the 'Opened' state. The current state of the runspace is '${state}'.` }, state);
}

export function createShellScripts(ask: Ask, environment: Record<string, string | undefined>): ShellScripts {
  let password: string | null = null;
  let session: { readonly id: string; readonly server: string; isBroken: boolean } | null = null;

  const close = async () => {
    const open = session;
    session = null;
    if (open !== null && !open.isBroken) await ask({ op: "close", server: open.server, session: open.id }, 5_000);
  };

  const open = async (argument: unknown): Promise<ScriptAnswer> => {
    const { text, number } = reader(argument);
    password ??= environment[PASSWORD_VARIABLE] ?? "";
    delete environment[PASSWORD_VARIABLE];
    // The name in the address is the one that is connected to.
    const server = URL.parse(text("uri"))?.hostname ?? text("server");
    const asked = await ask({ op: "open", server, username: text("username"), password, idleMs: number("idleTimeoutMs") ?? undefined }, number("openTimeoutMs"));
    if (asked.how !== "answer") return failed(asked.how === "timed-out" ? openingErrors.timedOut(server) : openingErrors.cannotConnect(server));
    if ("error" in asked.answer) return failed(asked.answer.error);
    if (!("session" in asked.answer)) return failed(openingErrors.refused(server));
    password = null;
    session = { id: asked.answer.session, server, isBroken: false };
    void ask({ op: "attend", server, session: session.id }, null);
    return { ok: true };
  };

  /** Asks within the session; a failure is the script's answer. */
  const within = async (request: (session: { readonly id: string; readonly server: string }) => Parameters<Ask>[0], answer: (asked: Extract<Asked, { how: "answer" }>["answer"]) => ScriptAnswer): Promise<ScriptAnswer> => {
    if (session === null) return notOpen("Closed");
    if (session.isBroken) return notOpen("Broken");
    const current = session;
    const asked = await ask(request(current), null);
    if (asked.how !== "answer") {
      current.isBroken = true;
      return failed(transportLost(current.server), "Broken");
    }
    if (!("error" in asked.answer)) return answer(asked.answer);
    const { error } = asked.answer;
    if (error.code !== null) current.isBroken = true;
    return failed(error, current.isBroken ? "Broken" : "Opened");
  };

  const invoke = (argument: unknown) => {
    const { text, list, parameters } = reader(argument);
    const select = list("select").filter((name) => typeof name === "string");
    return within(
      ({ id, server }) => ({ op: "call", server, session: id, command: text("command"), parameters: parameters() }),
      (answer) => {
        if (!("objects" in answer)) return null;
        const objects = answer.objects.map((object) => Object.fromEntries(select.map((name) => [name, object[name] ?? ""])));
        return { ok: true, objects, warnings: answer.warnings };
      },
    );
  };

  const offered = (argument: unknown) => {
    const names = reader(argument).list("names");
    return within(
      ({ id, server }) => ({ op: "offered", server, session: id }),
      (answer) => ("offered" in answer ? { ok: true, offered: answer.offered.filter((name) => names.includes(name)) } : null),
    );
  };

  return {
    async run(script, argument) {
      switch (scriptName(script)) {
        case "open-session":
          return open(argument);
        case "invoke":
          return invoke(argument);
        case "offered-commands":
          return offered(argument);
        case "close-session":
          await close();
          return { ok: true };
        case null:
        default:
          return null;
      }
    },
    close,
  };
}
