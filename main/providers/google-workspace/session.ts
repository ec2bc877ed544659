/** The service account: its key, and Google's client that acts for the administrator. */
import { createPrivateKey } from "node:crypto";
import { JWT } from "google-auth-library";
import { fail, succeed, type Result } from "../../../shared/fault.ts";
import type { ProviderContext } from "../provider.ts";
import type { GoogleWorkspaceConfiguration } from "./configuration.ts";
import { callGoogle, googleFetch } from "./fetch.ts";

/** The private key of the P12 file, in PEM. Google's keys are RSA keys (its JWTs are signed with RS256): another kind cannot be from a file of Google's. */
export async function readKey({ secrets }: ProviderContext): Promise<Result<string>> {
  const opened = await secrets.certificate("certificate");
  if (!opened.ok) return opened;
  if (opened.value === null) return fail({ kind: "unreadable", what: "no-private-key" });
  const { privateKeyPem } = opened.value;
  const kind = createPrivateKey(privateKeyPem).asymmetricKeyType ?? "unknown";
  return kind === "rsa" ? succeed(privateKeyPem) : fail({ kind: "sign-in", reason: "key-refused", detail: kind });
}

/** A client with a token for these scopes. It keeps its token and asks for another when it ends. */
export async function signIn({ serviceAccount, adminUsername }: GoogleWorkspaceConfiguration, key: string, scopes: readonly string[], context: ProviderContext): Promise<Result<JWT>> {
  const auth = new JWT({
    email: serviceAccount,
    key,
    scopes: [...scopes],
    subject: adminUsername,
    // A retry belongs to whoever asked, who knows how long it may take. The token request turns `retry` on again.
    transporterOptions: { fetchImplementation: googleFetch, retryConfig: { retry: 0 } },
  });
  const signedIn = await callGoogle("sign-in", context, () => auth.authorize());
  return signedIn.ok ? succeed(auth) : signedIn;
}
