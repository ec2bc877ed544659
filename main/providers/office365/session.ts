/** The application's two ways to sign in, opened once and kept as long as configuration and secrets stay the same. */
import { succeed, type Result } from "../../../shared/fault.ts";
import type { CheckMemory } from "../../../shared/rules/pace.ts";
import type { ProviderContext } from "../provider.ts";
import type { Office365Configuration } from "./configuration.ts";
import { createApplication, type Application, type Credential } from "./sign-in.ts";

/** The two ways to sign in, as rungs. */
export type SignInRung = "certificate-sign-in" | "secret-sign-in";

const FIELDS: Readonly<Record<SignInRung, string>> = { "certificate-sign-in": "certificate", "secret-sign-in": "clientSecret" };

const kept = new WeakMap<CheckMemory, Map<SignInRung, Application>>();

/** Whether the credential of this way was entered. */
export function isEntered(rung: SignInRung, context: ProviderContext): boolean {
  return context.secrets.isSet(FIELDS[rung]);
}

/** The application with the credential of this way; null without one. Opens the credential the first time only. */
export async function applicationOf(rung: SignInRung, configuration: Office365Configuration, context: ProviderContext): Promise<Result<Application | null>> {
  const known = kept.get(context.memory)?.get(rung);
  if (known !== undefined) return succeed(known);
  const credential = await readCredential(rung, context);
  if (!credential.ok || credential.value === null) return credential.ok ? succeed(null) : credential;
  const application = createApplication(configuration, credential.value, context);
  if (application.ok) kept.set(context.memory, (kept.get(context.memory) ?? new Map<SignInRung, Application>()).set(rung, application.value));
  return application;
}

async function readCredential(rung: SignInRung, { secrets }: ProviderContext): Promise<Result<Credential | null>> {
  if (rung === "secret-sign-in") {
    const secret = await secrets.text(FIELDS[rung]);
    if (!secret.ok) return secret;
    return succeed(secret.value === null ? null : { kind: "secret", secret: secret.value });
  }
  const certificate = await secrets.certificate(FIELDS[rung]);
  if (!certificate.ok) return certificate;
  return succeed(certificate.value === null ? null : { kind: "certificate", certificate: certificate.value });
}
