/** Signs in on a server as a run does, and asks which of the mail cmdlets the account may use there. */
import type { RungResult } from "../../../../shared/model/mail-server.ts";
import type { ProviderContext } from "../../provider.ts";
import { mailCmdlets } from "../provisioning/cmdlets.ts";
import type { ExchangeConfiguration } from "../schema.ts";
import { accountOf } from "./account.ts";
import { ROLE, sessionFailure } from "./open-failure.ts";
import { openServerSession, startShell, type ServerSession } from "./server-session.ts";
import { detailOf } from "./trace.ts";

type Outcome = RungResult["outcome"];

/** The two rungs that a session climbs. Times in milliseconds. */
export interface SignIn {
  readonly signIn: { readonly ms: number; readonly outcome: Outcome };
  readonly role: { readonly ms: number; readonly outcome: Outcome };
}

const skipped = (why: "earlier-rung" | "not-on-this-machine" | "no-credentials" | "not-yet") => ({ ms: 0, outcome: { state: "skipped", why } }) as const;
const failed = (ms: number, fault: Extract<Outcome, { state: "failed" }>["fault"]) => ({ ms, outcome: { state: "failed", fault } }) as const;
const passed = (ms: number, answer: string | null) => ({ ms, outcome: { state: "passed", answer } }) as const;

/** Both rungs skipped for one reason. */
export function notTried(why: Parameters<typeof skipped>[0]): SignIn {
  return { signIn: skipped(why), role: skipped(why) };
}

/** Opens a session, asks, and removes it again. `signal` ends it early. */
export async function signInOn(server: string, configuration: ExchangeConfiguration, context: Pick<ProviderContext, "remoting" | "secrets" | "logger" | "clock">, signal: AbortSignal): Promise<SignIn> {
  const { remoting, clock, logger } = context;
  if (remoting === null) return notTried("not-on-this-machine");
  const account = await accountOf(configuration, context);
  if (!account.ok) return account.fault.kind === "invalid" ? notTried("no-credentials") : { signIn: failed(0, account.fault), role: skipped("earlier-rung") };
  const started = clock.elapsed();
  const secrets = [account.value.password];
  const shell = startShell(remoting, account.value);
  const opened = await openServerSession({ shell, server, account: account.value, logger }, signal);
  const ms = clock.elapsed() - started;
  if (opened.session === null) {
    shell.dispose();
    const { fault } = sessionFailure(server, opened, secrets);
    // Exchange knew the account and has no role for it.
    if (fault.kind === "forbidden") return { signIn: passed(ms, null), role: failed(0, fault) };
    // A PowerShell that does not work here says nothing about the server.
    if (fault.kind === "unsupported") return notTried("not-on-this-machine");
    return { signIn: failed(ms, fault), role: skipped("earlier-rung") };
  }
  try {
    return { signIn: passed(ms, configuration.username), role: await askRole(opened.session, context, secrets, signal) };
  } finally {
    await opened.session.close();
  }
}

/** Passed where at least one of the cmdlets is there: an account may be meant for groups alone. */
async function askRole(session: ServerSession, { clock }: Pick<ProviderContext, "clock">, secrets: readonly string[], signal: AbortSignal): Promise<SignIn["role"]> {
  const started = clock.elapsed();
  const asked = await session.offered(mailCmdlets, signal);
  const ms = clock.elapsed() - started;
  if (!asked.answered) return failed(ms, asked.fault);
  const { answer } = asked;
  if (!answer.ok) return failed(ms, { kind: "unreachable", rung: "role", reason: "closed-without-answer", host: session.server, detail: detailOf(answer.error, secrets) });
  const missing = mailCmdlets.filter((name) => !answer.offered.includes(name));
  if (missing.length === mailCmdlets.length) return failed(ms, { kind: "forbidden", needs: [ROLE], detail: missing.join(", ") });
  return passed(ms, `${mailCmdlets.length - missing.length}/${mailCmdlets.length}`);
}
