/** One PowerShell with the module ExchangeOnlineManagement, signed in as the application: what Graph cannot make is made by it. */
import { createPrivateKey, X509Certificate } from "node:crypto";
import { z } from "zod";
import { fail, succeed, type Fault, type Result } from "../../../shared/fault.ts";
import { cloudOf } from "../../network/microsoft-clouds.ts";
import type { RemoteShell } from "../../powershell/types.ts";
import type { ProviderContext } from "../provider.ts";
import type { Office365Configuration } from "./configuration.ts";

/** Loading the module and signing in takes most of a minute on an old machine. */
const CONNECT_MS = 120_000;
const COMMAND_MS = 60_000;
const DISCONNECT_MS = 15_000;

const errorSchema = z.object({ reason: z.string(), id: z.string(), type: z.string() });
const connectedSchema = z.union([z.object({ ok: z.literal(true) }), z.object({ ok: z.literal(false), missing: z.literal(true) }), z.object({ ok: z.literal(false), missing: z.literal(false), error: errorSchema })]);
const recipientSchema = z.object({ name: z.string(), alias: z.string(), address: z.string() });
/** PowerShell writes a list of one as the one itself. */
const recipientsSchema = z.union([z.array(recipientSchema), recipientSchema.transform((one) => [one]), z.null().transform(() => [])]);
const answeredSchema = z.union([z.object({ ok: z.literal(true), objects: recipientsSchema }), z.object({ ok: z.literal(false), offered: z.literal(false) }), z.object({ ok: z.literal(false), offered: z.literal(true), error: errorSchema })]);

export type OnlineError = z.infer<typeof errorSchema>;
export type Recipient = z.infer<typeof recipientSchema>;
export type OnlineAnswer = { readonly state: "answered"; readonly recipients: readonly Recipient[] } | { readonly state: "not-offered" } | { readonly state: "refused"; readonly error: OnlineError };

/** Texts as the scripts expect them. */
function marked(parameters: Readonly<Record<string, string | boolean>>): Readonly<Record<string, string | boolean>> {
  return Object.fromEntries(Object.entries(parameters).map(([name, value]) => [name, typeof value === "string" ? `=${value}` : value]));
}

/** What came back and is no answer. */
const silent: Fault = { kind: "unsupported", why: "powershell-silent" };

export class OnlineSession {
  readonly #configuration: Office365Configuration;
  readonly #context: ProviderContext;
  readonly #organization: () => Promise<Result<string>>;
  #shell: RemoteShell | null = null;

  constructor(configuration: Office365Configuration, context: ProviderContext, organization: () => Promise<Result<string>>) {
    this.#configuration = configuration;
    this.#context = context;
    this.#organization = organization;
  }

  /** Signs in once. Nothing of an object was sent where this fails: `module-missing` where this computer has no such PowerShell. */
  async connect(signal: AbortSignal): Promise<Result<null>> {
    if (this.#shell !== null) return succeed(null);
    const { remoting, secrets } = this.#context;
    if (remoting === null) return fail({ kind: "object-refused", why: "module-missing" });
    const certificate = await secrets.certificate("certificate");
    if (!certificate.ok) return certificate;
    if (certificate.value === null) return fail({ kind: "unreadable", what: "no-certificate" });
    const organization = await this.#organization();
    if (!organization.ok) return organization;
    const { certificatePem, privateKeyPem } = certificate.value;
    const key = createPrivateKey(privateKeyPem);
    if (key.asymmetricKeyType !== "rsa") return fail({ kind: "unsupported", why: "key-for-office365", detail: key.asymmetricKeyType ?? "unknown" });
    const shell = remoting({
      MC_EXCHANGE_ONLINE_CERTIFICATE: new X509Certificate(certificatePem).raw.toString("base64"),
      MC_EXCHANGE_ONLINE_KEY: JSON.stringify(key.export({ format: "jwk" })),
    });
    const { default: script } = await import("./scripts/connect.ps1?raw");
    const { cloud, applicationId } = this.#configuration;
    const argument = { appId: `=${applicationId}`, organization: `=${organization.value}`, environment: cloudOf(cloud).exchangeEnvironmentName };
    const answer = await shell.run({ script, argument, timeoutMs: CONNECT_MS, signal });
    const fault = answer.ok ? connectFault(answer.value) : answer.fault;
    if (fault !== null) {
      shell.dispose();
      return fail(fault);
    }
    this.#shell = shell;
    return succeed(null);
  }

  /** Runs one command. After a failure the PowerShell is gone and the next call signs in anew. */
  async run(command: string, parameters: Readonly<Record<string, string | boolean>>, signal: AbortSignal): Promise<Result<OnlineAnswer>> {
    if (this.#shell === null) throw new Error("Nobody has signed in for this");
    const { default: script } = await import("./scripts/invoke.ps1?raw");
    const answer = await this.#shell.run({ script, argument: { command, parameters: marked(parameters) }, timeoutMs: COMMAND_MS, signal });
    const read = answer.ok ? answeredSchema.safeParse(answer.value) : null;
    if (read?.success !== true) {
      this.#shell.dispose();
      this.#shell = null;
      return answer.ok ? fail(silent) : answer;
    }
    if (read.data.ok) return succeed({ state: "answered", recipients: read.data.objects });
    return succeed(read.data.offered ? { state: "refused", error: read.data.error } : { state: "not-offered" });
  }

  /** Exchange Online allows three sessions at a time: this one is given back. */
  async close(): Promise<void> {
    const shell = this.#shell;
    this.#shell = null;
    if (shell === null) return;
    const { default: script } = await import("./scripts/disconnect.ps1?raw");
    await shell.run({ script, argument: {}, timeoutMs: DISCONNECT_MS });
    shell.dispose();
  }
}

function connectFault(value: unknown): Fault | null {
  const read = connectedSchema.safeParse(value);
  if (!read.success) return silent;
  if (read.data.ok) return null;
  if (read.data.missing) return { kind: "object-refused", why: "module-missing" };
  const { reason, id } = read.data.error;
  return { kind: "sign-in", reason: "refused", detail: [reason, id].filter((part) => part !== "").join(" ") };
}
