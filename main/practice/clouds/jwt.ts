/** JSON Web Tokens as the clouds see them (RFC 7519, RFC 7515): assertions to verify and access tokens to hand out. */
import { constants, createHmac, randomBytes, timingSafeEqual, verify, X509Certificate } from "node:crypto";
import { z } from "zod";

const headerSchema = z.object({ alg: z.string(), "x5t#S256": z.string().optional() });

export interface Assertion {
  readonly algorithm: string;
  /** SHA-256 thumbprint of the certificate it claims to be signed with, lower-case hex; null without one. */
  readonly thumbprint: string | null;
  readonly claims: unknown;
  /** Whether the certificate's key signed it. */
  signedBy(certificatePem: string): boolean;
}

function decode(part: string): unknown {
  return JSON.parse(Buffer.from(part, "base64url").toString("utf8"));
}

/** Takes an assertion apart; null when it is none. */
export function readAssertion(text: string): Assertion | null {
  const [header = "", payload = "", signature = "", ...more] = text.split(".");
  if (more.length > 0) return null;
  try {
    const { alg, "x5t#S256": thumbprint } = headerSchema.parse(decode(header));
    // PS256 is what Entra asks for, RS256 what Google does (RFC 7518, section 3.1).
    const padding = alg === "PS256" ? constants.RSA_PKCS1_PSS_PADDING : alg === "RS256" ? constants.RSA_PKCS1_PADDING : null;
    const signed = Buffer.from(`${header}.${payload}`);
    return {
      algorithm: alg,
      thumbprint: thumbprint === undefined ? null : Buffer.from(thumbprint, "base64url").toString("hex"),
      claims: decode(payload),
      signedBy: (pem) =>
        padding !== null && verify("sha256", signed, { key: new X509Certificate(pem).publicKey, padding, saltLength: constants.RSA_PSS_SALTLEN_DIGEST }, Buffer.from(signature, "base64url")),
    };
  } catch {
    return null;
  }
}

/** Hands out and checks access tokens; tokens of another run are worth nothing. */
export function createTokens(): { issue(claims: object): string; claims(authorization: string | undefined): unknown } {
  const key = randomBytes(32);
  const sign = (signed: string) => createHmac("sha256", key).update(signed).digest();
  return {
    issue(claims) {
      const signed = [{ typ: "JWT", alg: "HS256" }, claims].map((part) => Buffer.from(JSON.stringify(part)).toString("base64url")).join(".");
      return `${signed}.${sign(signed).toString("base64url")}`;
    },
    claims(authorization) {
      const token = /^Bearer (\S+)$/i.exec(authorization ?? "")?.[1] ?? "";
      const end = token.lastIndexOf(".");
      const given = Buffer.from(token.slice(end + 1), "base64url");
      const right = sign(token.slice(0, Math.max(0, end)));
      if (end < 0 || given.length !== right.length || !timingSafeEqual(given, right)) return null;
      return decode(token.split(".")[1] ?? "");
    },
  };
}
