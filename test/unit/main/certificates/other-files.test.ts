import { createPrivateKey, generateKeyPairSync } from "node:crypto";
import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { readCertificateFile } from "../../../../main/certificates/reading.ts";
import { otherFileSchema } from "../../../../shared/model/other-file.ts";
import { explain } from "../../../../renderer/text/fault.ts";
import { pfxBytes } from "../../../lab/vectors.ts";

const { privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
const pem = (label: string) => `-----BEGIN ${label}-----\nMIIB\n-----END ${label}-----\n`;
const text = (content: string) => Buffer.from(content, "utf8");
const hex = (content: string) => Buffer.concat([Buffer.from(content, "hex"), Buffer.alloc(64)]);
const certificate = readCertificateFile({ bytes: pfxBytes("generated/3des.p12"), password: "password", now: 0, withKey: true });
const certificatePem = certificate.inspection.opens ? (certificate.inspection.summary.certificatePem ?? "") : "";
const certificateDer = Buffer.from(certificatePem.replaceAll(/-----[^-]+-----|\s/g, ""), "base64");

const files: readonly (readonly [what: string, bytes: Uint8Array, is: string | undefined])[] = [
  ["nothing", new Uint8Array(), "empty"],
  ["a certificate in PEM", text(certificatePem), "certificate"],
  ["a certificate in PEM with a byte order mark and words before it", text(`\ufeffsubject=CN = x\n${certificatePem}`), "certificate"],
  ["a certificate in PEM as UTF-16", Buffer.from(`\ufeff${certificatePem}`, "utf16le"), "certificate"],
  ["a certificate in DER", certificateDer, "certificate"],
  ["a certificate as bare base64", text(certificateDer.toString("base64")), "certificate"],
  ["two certificates", text(certificatePem + certificatePem), "certificate-chain"],
  ["a certificate and its key", text(certificatePem + pem("PRIVATE KEY")), "certificate-and-key"],
  ["a key, PKCS#8", text(privateKey.export({ type: "pkcs8", format: "pem" }).toString()), "private-key"],
  ["a key, as OpenSSL 1.0 wrote it", text(privateKey.export({ type: "sec1", format: "pem" }).toString()), "private-key"],
  ["a key behind its parameters", text(pem("EC PARAMETERS") + pem("EC PRIVATE KEY")), "private-key"],
  ["a key in DER", privateKey.export({ type: "pkcs8", format: "der" }), "private-key"],
  ["an encrypted key", text(privateKey.export({ type: "pkcs8", format: "pem", cipher: "aes-256-cbc", passphrase: "x" }).toString()), "encrypted-private-key"],
  ["an encrypted key in DER", privateKey.export({ type: "pkcs8", format: "der", cipher: "aes-256-cbc", passphrase: "x" }), "encrypted-private-key"],
  ["a key encrypted in the older way", text(createPrivateKey(privateKey.export({ type: "pkcs8", format: "pem" })).export({ type: "sec1", format: "pem", cipher: "aes-128-cbc", passphrase: "x" }).toString()), "encrypted-private-key"],
  ["a request", text(pem("NEW CERTIFICATE REQUEST")), "certificate-request"],
  ["PKCS#7 in PEM", text(pem("PKCS7")), "pkcs7"],
  ["PKCS#7 in DER", hex("308204a006092a864886f70d010702a0"), "pkcs7"],
  ["a revocation list", text(pem("X509 CRL")), "other-pem"],
  ["an OpenSSH key", text(pem("OPENSSH PRIVATE KEY")), "openssh-key"],
  ["an OpenSSH public key", text("ssh-ed25519 AAAAC3 admin@host"), "openssh-key"],
  ["a PuTTY key", text("PuTTY-User-Key-File-3: ssh-ed25519\r\n"), "putty-key"],
  ["JKS", hex("feedfeed00000002"), "java-keystore"],
  ["JCEKS", hex("cececece00000002"), "java-keystore"],
  ["BKS", hex("0000000200000014"), "bouncy-castle-keystore"],
  ["a serialized store", hex("0000000043455254"), "windows-certificate-store"],
  ["Google's key", pfxBytes("field/google-key.json"), "google-key-json"],
  ["another JSON", text('{ "kty": "RSA" }'), "json"],
  ["a ZIP", hex("504b030414000000"), "zip"],
  ["a Word document", Buffer.concat([hex("504b030414000600"), text("[Content_Types].xml")]), "office-document"],
  ["an older Word document", hex("d0cf11e0a1b11ae1"), "office-document"],
  ["a PDF", text("%PDF-1.7\n"), "pdf"],
  ["a sign-in page", text("\n<!DOCTYPE html>\n<html><body>Sign in</body></html>"), "html"],
  ["notes", text("The password of the server is on the note below the keyboard.\n"), "text"],
  ["something compressed", gzipSync("x"), undefined],
  ["noise", Buffer.from("8f1c00e3ff0042", "hex"), undefined],
];

describe("a file that is no container", () => {
  test.each(files)("%s", (_what, bytes, is) => {
    const { inspection } = readCertificateFile({ bytes, password: null, now: 0, withKey: false });
    expect(inspection).toEqual({ opens: false, verdict: "not-a-pfx", fault: { kind: "unreadable", what: "not-a-pfx", ...(is === undefined ? {} : { is }) } });
  });

  test("is each told in words of its own", () => {
    expect(new Set(files.map(([, , is]) => is ?? "")).size - 1).toBe(otherFileSchema.options.length);
    const sentences = otherFileSchema.options.map((is) => explain({ kind: "unreadable", what: "not-a-pfx", is }).sentence);
    expect(new Set(sentences).size).toBe(sentences.length);
  });
});
