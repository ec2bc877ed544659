/** What is said of certificates as they are met at sites: as findings where nothing secret travels, as the reason elsewhere. */
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type tls from "node:tls";
import { describe, expect, test } from "vitest";
import { dial } from "../../../../main/network/dial.ts";
import { buildCertificate, pem, PURPOSE, readIssuer, type CertificatePlan, type Issuer, type Key } from "../../../../main/practice/x509.ts";
import { HOST, neverAborted, resolverTo, systemClock, tlsServerWith } from "./support.ts";

const DAY = 86_400_000;
const days = (count: number) => new Date(Date.now() + count * DAY);

interface Made {
  readonly certificatePem: string;
  readonly keyPem: string;
  readonly issuer: Issuer;
}

type Plan = Partial<Omit<CertificatePlan, "issuer">> & { readonly by?: Made; readonly bits?: number; readonly signing?: "SHA-1" | "SHA-256" };

/** A certificate with an RSA key; signs itself unless it is made `by` another. */
async function make({ by, bits = 2048, signing = "SHA-256", ...plan }: Plan): Promise<Made> {
  const algorithm = { name: "RSASSA-PKCS1-v1_5", hash: signing };
  const keys = await crypto.subtle.generateKey({ ...algorithm, modulusLength: bits, publicExponent: new Uint8Array([1, 0, 1]) }, true, ["sign", "verify"]);
  const certificatePem = await buildCertificate({
    subject: HOST,
    names: [HOST],
    authority: false,
    publicKey: keys.publicKey,
    notBefore: days(-100),
    notAfter: days(100),
    ...plan,
    issuer: by?.issuer ?? { certificatePem: null, privateKey: keys.privateKey },
  });
  const key: Key = keys.privateKey;
  return { certificatePem, keyPem: pem("PRIVATE KEY", await crypto.subtle.exportKey("pkcs8", key)), issuer: await readIssuer(certificatePem, key) };
}

const authority = (subject: string, plan: Plan = {}) => make({ subject, names: [], authority: true, ...plan });
const root = await authority("Contoso Root CA");
const oldRoot = await authority("Contoso Old Root CA", { signing: "SHA-1" });
const issuing = await authority("Contoso Issuing CA", { by: root });
const lapsed = await authority("Contoso Lapsed CA", { by: root, notAfter: days(-2) });
const stranger = await authority("Fabrikam Root CA");

/** The server presents the leaf and then `along`. */
interface Case {
  readonly leaf: Made;
  readonly along?: readonly Made[];
  readonly server?: tls.TlsOptions;
  /** Everything that is said of it where it decides nothing. */
  readonly findings: readonly (readonly [reason: string, detail: string])[];
  /** The first of them where it decides, or `passed`. */
  readonly strict: string;
}

const ended = days(-3);
ended.setMilliseconds(0);
const begins = days(3);
begins.setMilliseconds(0);
const site = ["mail.fabrikam.lab", "autodiscover.fabrikam.lab"];
const cases: Readonly<Record<string, Case>> = {
  "for the server's own name": { leaf: await make({ by: root }), findings: [], strict: "passed" },
  "without a subject": { leaf: await make({ by: root, subject: "" }), findings: [], strict: "passed" },
  "of the site, for mail and autodiscover": {
    leaf: await make({ by: root, subject: "mail.fabrikam.lab", names: site }),
    findings: [["name-mismatch", site.join(", ")]],
    strict: "name-mismatch",
  },
  "for very many names": {
    leaf: await make({ by: root, names: Array.from({ length: 90 }, (_, index) => `n${index}.lab`) }),
    findings: [["name-mismatch", "n0.lab, n1.lab, n2.lab, n3.lab, n4.lab, n5.lab, …"]],
    strict: "name-mismatch",
  },
  "with a name that is to mislead": {
    leaf: await make({ by: root, subject: "mail\u202E\u0007\n.lab", names: [] }),
    findings: [["name-mismatch", "mail \\07\\0A.lab"]],
    strict: "name-mismatch",
  },
  "expired": { leaf: await make({ by: root, notAfter: ended }), findings: [["certificate-expired", ended.toISOString()]], strict: "certificate-expired" },
  "that is not valid yet": {
    leaf: await make({ by: root, notBefore: begins }),
    findings: [["certificate-not-yet-valid", begins.toISOString()]],
    strict: "certificate-not-yet-valid",
  },
  "that a new server made for itself": { leaf: await make({ subject: "EX1", names: ["EX1", HOST] }), findings: [["certificate-self-signed", "EX1"]], strict: "certificate-self-signed" },
  "self-signed, short and old": {
    leaf: await make({ bits: 1024, signing: "SHA-1", subject: "EX1", names: [], hash: "SHA-1" }),
    findings: [["certificate-self-signed", "EX1"], ["certificate-weak-key", "RSA 1024"], ["name-mismatch", "EX1"]],
    strict: "certificate-self-signed",
  },
  "of an authority that is sent but not trusted": {
    leaf: await make({ by: stranger }),
    along: [stranger],
    findings: [["certificate-untrusted", "Fabrikam Root CA"]],
    strict: "certificate-untrusted",
  },
  "of an authority that is neither sent nor known": {
    leaf: await make({ by: stranger }),
    findings: [["certificate-issuer-unknown", "Fabrikam Root CA"]],
    strict: "certificate-issuer-unknown",
  },
  "with its intermediate": { leaf: await make({ by: issuing }), along: [issuing], findings: [], strict: "passed" },
  "without its intermediate": { leaf: await make({ by: issuing }), findings: [["certificate-issuer-unknown", "Contoso Issuing CA"]], strict: "certificate-issuer-unknown" },
  "of an intermediate that has expired": {
    leaf: await make({ by: lapsed }),
    along: [lapsed],
    findings: [["certificate-issuer-expired", "Contoso Lapsed CA"]],
    strict: "certificate-issuer-expired",
  },
  "with a key of 1,024 bits": { leaf: await make({ by: root, bits: 1024 }), findings: [["certificate-weak-key", "RSA 1024"]], strict: "certificate-weak-key" },
  "with a key of 1,536 bits": { leaf: await make({ by: root, bits: 1536 }), findings: [["certificate-weak-key", "RSA 1536"]], strict: "certificate-weak-key" },
  "signed with SHA-1": { leaf: await make({ by: oldRoot, hash: "SHA-1" }), findings: [["certificate-weak-signature", "SHA-1"]], strict: "certificate-weak-signature" },
  "for client authentication only": {
    leaf: await make({ by: root, purposes: [PURPOSE.clientAuthentication] }),
    findings: [["certificate-wrong-purpose", "clientAuth"]],
    strict: "certificate-wrong-purpose",
  },
  "with everything wrong at once": {
    leaf: await make({ by: stranger, notAfter: ended, bits: 1024, subject: "x", names: ["x.lab"], purposes: [PURPOSE.clientAuthentication] }),
    findings: [
      ["certificate-expired", ended.toISOString()],
      ["certificate-issuer-unknown", "Fabrikam Root CA"],
      ["certificate-wrong-purpose", "clientAuth"],
      ["certificate-weak-key", "RSA 1024"],
      ["name-mismatch", "x.lab"],
    ],
    strict: "certificate-expired",
  },
  "of a server that speaks TLS 1.0 only": {
    leaf: await make({ by: root }),
    server: { minVersion: "TLSv1", maxVersion: "TLSv1" },
    findings: [["tls-outdated", "TLSv1"]],
    strict: "tls-outdated",
  },
};

async function reach(port: number, anonymous: boolean) {
  const resolver = resolverTo([{ address: "127.0.0.1", port }], [root.certificatePem, oldRoot.certificatePem]);
  const { rungs, socket } = await dial({ host: HOST, port: 443, tls: { trust: { mode: "system" }, anonymous }, resolver, dnsServer: null, clock: systemClock, signal: neverAborted, timeoutMs: 5000 });
  socket?.destroy();
  const outcome = rungs[2]?.outcome;
  if (outcome?.state !== "failed") return outcome?.state === "finding" ? outcome.findings.map(({ reason, detail }) => [reason, detail]) : [];
  return outcome.fault.kind === "unreachable" ? outcome.fault.reason : outcome.fault.kind;
}

describe("a certificate", () => {
  test.each(Object.entries(cases))("%s", async (_kind, { leaf, along = [], server: options = {}, findings, strict }) => {
    const cert = [leaf, ...along].map(({ certificatePem }) => certificatePem).join("");
    const server = await tlsServerWith({ cert, key: leaf.keyPem, ...options }, (socket) => socket.end());
    expect(await reach(server.port, true)).toEqual(findings);
    expect(await reach(server.port, false)).toEqual(strict === "passed" ? [] : strict);
    await server.close();
  });

  test("that says where its issuer's certificate can be had", async () => {
    const folder = mkdtempSync(path.join(tmpdir(), "aia-"));
    const openssl = (...words: string[]) => execFileSync("openssl", words, { cwd: folder, stdio: "pipe" });
    openssl("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", "ca.key", "-out", "ca.pem", "-subj", "/CN=Northwind Issuing CA", "-days", "9");
    openssl("req", "-newkey", "rsa:2048", "-nodes", "-keyout", "leaf.key", "-out", "leaf.csr", "-subj", "/CN=x");
    writeFileSync(path.join(folder, "leaf.ext"), `subjectAltName=DNS:${HOST}\nauthorityInfoAccess=caIssuers;URI:http://pki.northwind.lab/issuing.crt\n`);
    openssl("x509", "-req", "-in", "leaf.csr", "-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial", "-out", "leaf.pem", "-days", "9", "-extfile", "leaf.ext");
    const [cert, key] = ["leaf.pem", "leaf.key"].map((file) => readFileSync(path.join(folder, file), "utf8"));
    rmSync(folder, { recursive: true });
    const server = await tlsServerWith({ cert, key }, (socket) => socket.end());
    expect(await reach(server.port, true)).toEqual([["certificate-issuer-unknown", "Northwind Issuing CA, http://pki.northwind.lab/issuing.crt"]]);
    await server.close();
  });
});
