/**
 * The practice organisation's certificate authority: EC P-256 keys, X.509 through pkijs. The authority and what is
 * issued with `keep` lie in the practice data folder, so that trust given once (a CA file, a fingerprint) stays good.
 */
import { createPrivateKey, randomBytes, X509Certificate } from "node:crypto";
import { link, mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { z } from "zod";
import { buildCertificate, pem, prepareKey, PURPOSE, readIssuer, type CertificatePlan, type Issuer, type Key } from "./x509.ts";

const DAY = 86_400_000;
const LEAF_DAYS = 397;
const AUTHORITY_DAYS = 3650;

/** A certificate with its private key, both PEM. */
export interface Identity {
  readonly certificatePem: string;
  readonly keyPem: string;
}

/** What is wrong with a certificate on purpose. */
export type CertificateFlaw = "expired" | "not-yet-valid" | "wrong-name" | "untrusted" | "self-signed" | "weak" | "wrong-purpose" | "no-intermediate";

export interface CertificateRequest {
  /** DNS names; the first is the subject's common name. */
  readonly names: readonly string[];
  /**
   * Leaves the subject empty, as the templates Domain Controller Authentication and Kerberos Authentication do, with which
   * AD CS enrols domain controllers: "Subject name: None, DNS name in the alternate subject name"
   * (learn.microsoft.com/windows-server/identity/ad-cs/certificate-template-concepts).
   */
  readonly withoutSubject?: true;
  readonly flaw?: CertificateFlaw | null;
  /** Stores it under this name and hands the same out next time while it lasts. Ignored for a flawed one. */
  readonly keep?: string;
}

export interface Pki {
  /** The authority's certificate, PEM: what trusts the practice organisation. */
  readonly authorityPem: string;
  issue(request: CertificateRequest): Promise<Identity>;
  /** What `make` made the first time, kept under this name while its certificate lasts another 30 days. */
  keep(name: string, make: () => Promise<Identity>): Promise<Identity>;
}

const identitySchema = z.object({ certificatePem: z.string(), keyPem: z.string() });

const algorithm = { name: "ECDSA", namedCurve: "P-256" };

function newKeys() {
  return crypto.subtle.generateKey(algorithm, true, ["sign", "verify"]);
}

async function keyPemOf(key: Key): Promise<string> {
  return pem("PRIVATE KEY", await crypto.subtle.exportKey("pkcs8", key));
}

/** An authority's own certificate; one below another where `parent` is given. */
async function newAuthority(name: string, parent: Issuer | null = null): Promise<Identity> {
  const keys = await newKeys();
  const now = Date.now();
  const certificatePem = await buildCertificate({
    subject: `${name} ${randomBytes(3).toString("hex")}`,
    names: [],
    authority: true,
    publicKey: keys.publicKey,
    // TLS clients judge validity by the system's clock, so it is the one to issue by.
    notBefore: new Date(now - DAY),
    notAfter: new Date(now + AUTHORITY_DAYS * DAY),
    issuer: parent ?? { certificatePem: null, privateKey: keys.privateKey },
  });
  return { certificatePem, keyPem: await keyPemOf(keys.privateKey) };
}

async function issuerOf(authority: Identity): Promise<Issuer> {
  const der = createPrivateKey(authority.keyPem).export({ type: "pkcs8", format: "der" });
  const privateKey = await crypto.subtle.importKey("pkcs8", new Uint8Array(der), algorithm, false, ["sign"]);
  return readIssuer(authority.certificatePem, privateKey);
}

/** A key as it was usual before 2010. */
function newWeakKeys() {
  return crypto.subtle.generateKey({ name: "RSASSA-PKCS1-v1_5", modulusLength: 1024, publicExponent: new Uint8Array([1, 0, 1]), hash: "SHA-1" }, true, ["sign", "verify"]);
}

/** What was kept, or null when there is nothing usable: missing, damaged, or ending within `leastDays`. */
async function readKept(file: string, leastDays: number): Promise<Identity | null> {
  try {
    const kept = identitySchema.parse(JSON.parse(await readFile(file, "utf8")));
    const certificate = new X509Certificate(kept.certificatePem);
    const lasts = certificate.validToDate.getTime() > Date.now() + leastDays * DAY;
    return lasts && certificate.checkPrivateKey(createPrivateKey(kept.keyPem)) ? kept : null;
  } catch {
    return null;
  }
}

/**
 * What is kept in `file` and fits, or else what `make` makes, kept. Linking creates the file whole or not at all, so of
 * two processes that start at once on one folder the slower takes over what the faster made.
 */
async function readOrMake(file: string, leastDays: number, fits: (kept: Identity) => boolean, make: () => Promise<Identity>): Promise<Identity> {
  const usable = async () => {
    const kept = await readKept(file, leastDays);
    return kept !== null && fits(kept) ? kept : null;
  };
  const kept = await usable();
  if (kept !== null) return kept;
  const made = await make();
  const temporary = `${file}.${randomBytes(6).toString("hex")}.tmp`;
  await writeFile(temporary, JSON.stringify(made), { mode: 0o600 });
  try {
    await link(temporary, file);
  } catch {
    const other = await usable();
    if (other !== null) return other;
    // What is there is damaged, too old or of another authority; or the file system has no links.
    await rename(temporary, file);
  } finally {
    await rm(temporary, { force: true });
  }
  return made;
}

/** Opens the authority kept below `folder`, or makes it. Throws when the folder cannot be written. */
export async function openPki(folder: string): Promise<Pki> {
  await mkdir(folder, { recursive: true });
  const authority = await readOrMake(path.join(folder, "practice-authority.json"), LEAF_DAYS + 1, () => true, () => newAuthority("Practice Organisation CA"));
  const issuer = await issuerOf(authority);
  const leafKeys = await newKeys();
  const publicKey = await prepareKey(leafKeys.publicKey);
  const keyPem = await keyPemOf(leafKeys.privateKey);
  const others = new Map<CertificateFlaw, Promise<Issuer>>();
  const other = (flaw: CertificateFlaw, make: () => Promise<Identity>): Promise<Issuer> => {
    const known = others.get(flaw) ?? make().then(issuerOf);
    others.set(flaw, known);
    return known;
  };

  const issuerFor = (flaw: CertificateFlaw | null): Promise<CertificatePlan["issuer"]> | CertificatePlan["issuer"] => {
    if (flaw === "untrusted") return other(flaw, () => newAuthority("Unknown Authority"));
    if (flaw === "no-intermediate") return other(flaw, () => newAuthority("Practice Issuing CA", issuer));
    return flaw === "self-signed" ? { certificatePem: null, privateKey: leafKeys.privateKey } : issuer;
  };

  const make = async (request: CertificateRequest): Promise<Identity> => {
    const { flaw = null } = request;
    const now = Date.now();
    const weakKeys = flaw === "weak" ? await newWeakKeys() : null;
    const names = flaw === "wrong-name" ? ["retired.practice.example"] : request.names;
    const certificatePem = await buildCertificate({
      subject: request.withoutSubject === true ? null : (names[0] ?? "practice"),
      names,
      authority: false,
      publicKey: weakKeys?.publicKey ?? publicKey,
      notBefore: new Date(now + (flaw === "not-yet-valid" ? DAY : flaw === "expired" ? -LEAF_DAYS * DAY : -DAY)),
      notAfter: new Date(now + (flaw === "expired" ? -1 : LEAF_DAYS) * DAY),
      issuer: await issuerFor(flaw),
      ...(flaw === "wrong-purpose" ? { purposes: [PURPOSE.clientAuthentication] } : {}),
      ...(flaw === "weak" ? { hash: "SHA-1" } : {}),
    });
    return { certificatePem, keyPem: weakKeys === null ? keyPem : await keyPemOf(weakKeys.privateKey) };
  };

  const authorityCertificate = new X509Certificate(authority.certificatePem);
  return {
    authorityPem: authority.certificatePem,
    keep: (name, make) => readOrMake(path.join(folder, `practice-${name}.json`), 30, () => true, make),
    issue(request) {
      if (request.keep === undefined || (request.flaw ?? null) !== null) return make(request);
      const file = path.join(folder, `practice-${request.keep}.json`);
      return readOrMake(file, 30, (kept) => new X509Certificate(kept.certificatePem).verify(authorityCertificate.publicKey), () => make(request));
    },
  };
}
