/** Keys and JSON Web Tokens made with Node alone, so that the stand-ins are not tested with their own code. */
import { constants, createHash, createPrivateKey, generateKeyPairSync, sign, X509Certificate, type KeyObject } from "node:crypto";
import type { CloudRequest } from "../../../../../main/practice/clouds/cloud-host.ts";
import { rsaIdentity } from "../../../../../main/practice/clouds/key-files.ts";
import type { Identity, Pki } from "../../../../../main/practice/pki.ts";

/** A store of keys that keeps nothing. */
const noPki: Pki = { authorityPem: "", issue: () => Promise.reject(new Error("not here")), keep: (_name, make) => make() };

export function newIdentity(): Promise<Identity> {
  return rsaIdentity(noPki, "test", "Test", 30);
}

export function strangerKey(): KeyObject {
  return generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey;
}

export function thumbprint(certificatePem: string): string {
  return createHash("sha256").update(new X509Certificate(certificatePem).raw).digest("base64url");
}

const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");

/** A token as RFC 7519 has it; `alg` decides the signature: PS256, RS256 or none. */
export function token(header: { readonly alg: string } & Readonly<Record<string, unknown>>, claims: unknown, key: KeyObject | string): string {
  const signed = `${part(header)}.${part(claims)}`;
  if (header.alg === "none") return `${signed}.`;
  const padding = header.alg === "PS256" ? constants.RSA_PKCS1_PSS_PADDING : constants.RSA_PKCS1_PADDING;
  const privateKey = typeof key === "string" ? createPrivateKey(key) : key;
  const signature = sign("sha256", Buffer.from(signed), { key: privateKey, padding, saltLength: constants.RSA_PSS_SALTLEN_DIGEST });
  return `${signed}.${signature.toString("base64url")}`;
}

export function post(address: string, form: Readonly<Record<string, string>>): CloudRequest {
  const url = new URL(address);
  return { host: url.hostname, method: "POST", url, headers: {}, body: new URLSearchParams(form).toString() };
}

export function get(address: string, authorization?: string): CloudRequest {
  const url = new URL(address);
  return { host: url.hostname, method: "GET", url, headers: authorization === undefined ? {} : { authorization }, body: "" };
}
