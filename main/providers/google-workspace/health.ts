/** Google Workspace's ladder: the API's DNS, TCP and TLS, the key, a token for the delegated admin, the API, its domains. */
import { createPrivateKey } from "node:crypto";
import { admin_directory_v1 as directory } from "@googleapis/admin/build/directory_v1.js";
import { JWT } from "google-auth-library";
import { fail, succeed, type Result, type RungName } from "../../../shared/fault.ts";
import type { CheckResult, RungResult } from "../../../shared/model/mail-server.ts";
import type { Climb } from "../../network/climb.ts";
import { checkCloud } from "../../network/cloud-check.ts";
import type { OpenedCertificate } from "../../certificates/opened.ts";
import type { ProviderContext } from "../provider.ts";
import { API_HOST, SCOPES, type GoogleWorkspaceConfiguration } from "./configuration.ts";
import { googleFault } from "./faults.ts";
import { keepingFetch } from "./fetch.ts";

/** Climbs the ladder for the API's host. */
export function check(
  configuration: GoogleWorkspaceConfiguration,
  server: string,
  context: ProviderContext,
  onRung?: (rung: RungResult) => void,
): Promise<CheckResult> {
  const { clock, resolver, signal } = context;
  return checkCloud({ server, expected: API_HOST, resolver, clock, signal, onRung, further: (ladder) => climbOn(ladder, configuration, context) });
}

async function climbOn(ladder: Climb, configuration: GoogleWorkspaceConfiguration, context: ProviderContext): Promise<void> {
  const key = await context.secrets.certificate("certificate");
  if (key.ok && key.value === null) {
    for (const rung of ["certificate", "sign-in", "directory-search", "domain"] as const) {
      ladder.record({ rung, ms: 0, outcome: { state: "skipped", why: "no-credentials" } });
    }
    return;
  }
  const opened = await ladder.step("certificate", async () => {
    if (!key.ok) return key;
    return key.value === null ? fail({ kind: "unreadable", what: "no-private-key" }) : withRsaKey(key.value);
  });
  const session = await ladder.step("sign-in", async () => (opened.ok ? signIn(configuration, opened.value, context) : opened));
  const domains = await ladder.step(
    "directory-search",
    async () => (session.ok ? listDomains(session.value, context) : session),
    (names) => `${names.length} domains`,
  );
  await ladder.step(
    "domain",
    async () => (domains.ok ? hasDomainOf(configuration.adminUsername, domains.value) : domains),
    (domain) => domain,
  );
}

/** Google's keys are RSA keys (its JWTs are signed with RS256): another kind cannot be from a P12 file of Google's. */
function withRsaKey(opened: OpenedCertificate): Result<OpenedCertificate> {
  const kind = createPrivateKey(opened.privateKeyPem).asymmetricKeyType ?? "unknown";
  return kind === "rsa" ? succeed(opened) : fail({ kind: "sign-in", reason: "key-refused", detail: kind });
}

interface Session {
  readonly auth: JWT;
  readonly fault: ReturnType<typeof keepingFetch>["fault"];
}

async function signIn(configuration: GoogleWorkspaceConfiguration, key: OpenedCertificate, context: ProviderContext): Promise<Result<Session>> {
  const { fetch, fault } = keepingFetch(context);
  return asResult("sign-in", fault, context, async () => {
    const auth = new JWT({
      email: configuration.serviceAccount,
      key: key.privateKeyPem,
      scopes: [...SCOPES],
      subject: configuration.adminUsername,
      // A retry belongs to the monitor, which knows how long a check may take. The token request turns `retry` on again.
      transporterOptions: { fetchImplementation: fetch, retryConfig: { retry: 0 } },
    });
    await auth.authorize();
    return { auth, fault };
  });
}

async function listDomains(session: Session, context: ProviderContext): Promise<Result<readonly string[]>> {
  return asResult("directory-search", session.fault, context, async () => {
    const api = new directory.Admin({ auth: session.auth });
    const answer = await api.domains.list({ customer: "my_customer" }, { retryConfig: { retry: 0 } });
    return (answer.data.domains ?? []).flatMap((domain) => (domain.verified === false ? [] : [domain.domainName ?? ""]));
  });
}

function hasDomainOf(adminUsername: string, domains: readonly string[]): Result<string> {
  const wanted = adminUsername.slice(adminUsername.indexOf("@") + 1).toLowerCase();
  const found = domains.some((domain) => domain.toLowerCase() === wanted);
  return found ? succeed(wanted) : fail({ kind: "not-found", what: "domain-in-workspace", detail: wanted });
}

async function asResult<T>(rung: RungName, fault: Session["fault"], context: ProviderContext, work: () => Promise<T>): Promise<Result<T>> {
  try {
    return succeed(await work());
  } catch (error) {
    if (context.signal.aborted) return fail({ kind: "cancelled" });
    const known = fault() ?? googleFault(error, rung, context.clock.now());
    if (known === null) throw error;
    return fail(known);
  }
}
