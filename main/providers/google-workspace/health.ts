/** Google Workspace's ladder: the API's DNS, TCP and TLS, the key, a token for the delegated admin, the API, its domains. */
import { admin_directory_v1 as directory } from "@googleapis/admin/build/directory_v1.js";
import type { JWT } from "google-auth-library";
import { fail, succeed, type Result } from "../../../shared/fault.ts";
import type { CheckResult, RungResult } from "../../../shared/model/mail-server.ts";
import type { CheckMemory } from "../../../shared/rules/pace.ts";
import type { Climb, Pacing } from "../../network/climb.ts";
import { checkCloud } from "../../network/cloud-check.ts";
import type { ProviderContext } from "../provider.ts";
import { API_HOST, domainOf, SCOPES, type GoogleWorkspaceConfiguration } from "./configuration.ts";
import { callGoogle } from "./fetch.ts";
import { readKey, signIn } from "./session.ts";

/** What is kept from check to check, empty until the rung that brings it was climbed. */
interface Session {
  privateKeyPem: string;
  /** Google's client, which keeps its token and asks for another when it ends. */
  auth: JWT | null;
  domains: readonly string[];
}

const sessions = new WeakMap<CheckMemory, Session>();

function sessionOf({ memory }: ProviderContext): Session {
  const session = sessions.get(memory) ?? { privateKeyPem: "", auth: null, domains: [] };
  sessions.set(memory, session);
  return session;
}

/** Climbs the ladder for the API's host. */
export function check(
  configuration: GoogleWorkspaceConfiguration,
  server: string,
  context: ProviderContext,
  paces: Pacing["paces"],
  onRung?: (rung: RungResult) => void,
): Promise<CheckResult> {
  const { clock, resolver, proxy, signal, memory, asked } = context;
  const pacing = { paces, memory, asked };
  return checkCloud({ server, expected: [API_HOST], resolver, proxy, clock, signal, pacing, onRung, further: (ladder) => climbOn(ladder, configuration, context) });
}

async function climbOn(ladder: Climb, configuration: GoogleWorkspaceConfiguration, context: ProviderContext): Promise<void> {
  if (!context.secrets.isSet("certificate")) {
    for (const rung of ["certificate", "sign-in", "directory-search", "domain"] as const) {
      ladder.record({ rung, ms: 0, outcome: { state: "skipped", why: "no-credentials" } });
    }
    return;
  }
  const session = sessionOf(context);
  await ladder.paced("certificate", () => openKey(session, context));
  await ladder.paced("sign-in", () => signInAfresh(session, configuration, context));
  await ladder.paced(
    "directory-search",
    () => listDomains(session, context),
    (names) => `${names.length} domains`,
  );
  await ladder.paced(
    "domain",
    () => Promise.resolve(hasDomain(domainOf(configuration), session.domains)),
    (domain) => domain,
  );
}

/** Reads the key the first time. */
async function openKey(session: Session, context: ProviderContext): Promise<Result<null>> {
  if (session.privateKeyPem !== "") return succeed(null);
  const key = await readKey(context);
  if (!key.ok) return key;
  session.privateKeyPem = key.value;
  return succeed(null);
}

/** With a new client, because one that has a token does not ask Google: that would hide a key that was revoked. */
async function signInAfresh(session: Session, configuration: GoogleWorkspaceConfiguration, context: ProviderContext): Promise<Result<null>> {
  const auth = await signIn(configuration, session.privateKeyPem, SCOPES, context);
  if (!auth.ok) return auth;
  session.auth = auth.value;
  return succeed(null);
}

function clientOf({ auth }: Session): JWT {
  if (auth === null) throw new Error("The rung below has not signed in");
  return auth;
}

async function listDomains(session: Session, context: ProviderContext): Promise<Result<readonly string[]>> {
  const listed = await callGoogle("directory-search", context, async () => {
    const api = new directory.Admin({ auth: clientOf(session) });
    const answer = await api.domains.list({ customer: "my_customer" }, { retryConfig: { retry: 0 } });
    return (answer.data.domains ?? []).flatMap((domain) => (domain.verified === false ? [] : [domain.domainName ?? ""]));
  });
  if (listed.ok) session.domains = listed.value;
  return listed;
}

function hasDomain(wanted: string, domains: readonly string[]): Result<string> {
  const found = domains.some((domain) => domain.toLowerCase() === wanted);
  return found ? succeed(wanted) : fail({ kind: "not-found", what: "domain-in-workspace", detail: wanted });
}
