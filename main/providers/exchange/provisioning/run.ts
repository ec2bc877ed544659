/** A run of mail actions: one shell with one session for each server that lets it in, opened when it is first needed. */
import type { Fault } from "../../../../shared/fault.ts";
import type { DirectoryObject, MailRequest, StepOutcome } from "../../../../shared/model/mail-object.ts";
import { createTurns } from "../../../../shared/turns.ts";
import type { DirectoryObjects } from "../../../directory/types.ts";
import type { RemoteShell } from "../../../powershell/types.ts";
import type { ProviderContext, ProvisioningRun } from "../../provider.ts";
import { openServerSession, startShell, type ServerSession } from "../remoting/server-session.ts";
import { accountOf, type AccountRead } from "../remoting/account.ts";
import { sessionFailure, type OpenFailure } from "../remoting/open-failure.ts";
import type { ExchangeConfiguration } from "../schema.ts";
import { cmdletFailure } from "./classify.ts";
import { cmdletFor, type Cmdlet } from "./cmdlets.ts";
import { lookAt } from "./look.ts";

/** Connects to nobody yet. One command at a time: sessions are opened one after the other, so that a wrong password is tried once. */
export function openRun(configuration: ExchangeConfiguration, context: ProviderContext, objects: DirectoryObjects): ProvisioningRun {
  const { remoting, logger } = context;
  const sessions = new Map<string, ServerSession>();
  const inTurn = createTurns();
  /** No server is asked again by whom the account was refused: further tries can lock it. */
  let refusal: OpenFailure | null = null;
  let account: AccountRead | null = null;
  /** What a server did not let in: PowerShell takes longer to start than most servers take to answer. */
  let spare: RemoteShell | null = null;

  async function sessionWith(server: string, signal: AbortSignal): Promise<ServerSession | OpenFailure> {
    const known = sessions.get(server);
    if (known !== undefined) return known;
    if (refusal !== null) return refusal;
    if (remoting === null) return { state: "refused", fault: { kind: "unsupported", why: "remoting-missing" } };
    account ??= await accountOf(configuration, context);
    if (!account.ok) return { state: "refused", fault: account.fault };
    const shell = spare ?? startShell(remoting, account.value);
    spare = null;
    const opened = await openServerSession({ shell, server, account: account.value, logger }, signal);
    if (opened.session !== null) {
      sessions.set(server, opened.session);
      return opened.session;
    }
    const failure = sessionFailure(server, opened, [account.value.password]);
    if (failure.state === "refused") refusal = failure;
    if (opened.error !== null && refusal === null) spare = shell;
    else shell.dispose();
    return failure;
  }

  /** A session that broke is of no use; removing it from its server may still work. */
  async function giveUp(session: ServerSession): Promise<void> {
    sessions.delete(session.server);
    await session.close();
  }

  async function askOnce(session: ServerSession, cmdlet: Cmdlet, request: MailRequest, object: DirectoryObject, signal: AbortSignal): Promise<StepOutcome | { readonly state: "unsent"; readonly fault: Fault }> {
    const asked = await session.invoke(cmdlet.command, cmdlet.parameters, ["PrimarySmtpAddress"], signal);
    if (!asked.answered) {
      await giveUp(session);
      return { state: "unanswered", fault: asked.fault };
    }
    const { answer } = asked;
    if (answer.ok) return { state: "succeeded", already: false, address: request.action === "disable" ? null : addressIn(answer.objects) };
    const failure = cmdletFailure({ server: session.server, command: cmdlet.command }, answer.error, answer.sessionState, secretsOf(account));
    if (failure.state === "unsent" || failure.state === "unanswered" || answer.sessionState !== "Opened") await giveUp(session);
    if (failure.state !== "look") return failure;
    const look = await lookAt(objects, request, object);
    // Nobody knows, so it is looked for again.
    if (look.state === "unanswered") return look;
    const isSo = look.state === "found" || look.state === "different";
    return isSo ? { state: "succeeded", already: true, address: look.address } : failure.otherwise;
  }

  async function askNow(server: string, request: MailRequest, object: DirectoryObject, signal: AbortSignal): Promise<StepOutcome> {
    const cmdlet = cmdletFor(request, object);
    if (cmdlet === null) return { state: "refused", fault: { kind: "object-refused", why: "type-not-supported" } };
    // A session that Exchange ended while it was idle is told by the first command after that, which then has not gone out: once more, in a new one.
    for (let round = 1; ; round += 1) {
      const session = await sessionWith(server, signal);
      if ("fault" in session) return session;
      const outcome = await askOnce(session, cmdlet, request, object, signal);
      if (outcome.state !== "unsent") return outcome;
      if (round === 2) return { state: "not-reached", fault: outcome.fault };
    }
  }

  return {
    ask(server, request, object, signal) {
      if (server === null) return Promise.resolve({ state: "refused", fault: { kind: "not-found", what: "ticked-servers" } });
      return inTurn(() => askNow(server, request, object, signal));
    },
    look: (request, object) => lookAt(objects, request, object),
    async close() {
      await inTurn(async () => {
        await Promise.all([...sessions.values()].map((session) => session.close()));
        sessions.clear();
        spare?.dispose();
        spare = null;
        account = null;
      });
    },
  };
}

function addressIn(objects: readonly Readonly<Record<string, string>>[]): string | null {
  const address = objects[0]?.["PrimarySmtpAddress"] ?? "";
  return address === "" ? null : address;
}

function secretsOf(account: AccountRead | null): readonly string[] {
  return account?.ok === true ? [account.value.password] : [];
}
