/** One file read from bytes to answer: what the worker does. */
import { fail, succeed, type Fault, type Result } from "../../shared/fault.ts";
import type { OpenedCertificate } from "./opened.ts";
import { contentsOf, hex, type Contents } from "./contents.ts";
import { describe } from "./describe.ts";
import { openContainer } from "./open-container.ts";
import { refused, type Reading, type ReadingQuestion } from "./refusal.ts";

const damaged: Fault = { kind: "unreadable", what: "damaged" };

/** Never throws for a file's content. */
export function readCertificateFile({ bytes, password, identity = null, now, withKey }: ReadingQuestion): Reading {
  const { facts, result } = openContainer(bytes, password);
  if (!result.ok) return refused(result.fault, facts);
  if (facts === null) return refused(damaged);
  try {
    const contents = contentsOf(result.value, identity, now);
    if (!contents.ok) return refused(contents.fault, facts);
    const summary = describe(contents.value, facts, now);
    return { inspection: { opens: true, summary }, facts, opened: withKey ? openedCertificate(contents.value) : null };
  } catch {
    return refused(damaged, facts);
  }
}

function openedCertificate({ leaf, others, hasKey, key, keyMatches }: Contents): Result<OpenedCertificate> {
  if (!hasKey) return fail({ kind: "unreadable", what: "no-private-key" });
  if (leaf === null) return fail({ kind: "unreadable", what: "no-certificate" });
  if (key === null) return fail({ kind: "unsupported", why: "key-type" });
  if (!keyMatches) return fail({ kind: "unreadable", what: "key-mismatch" });
  return succeed({
    certificatePem: leaf.toString(),
    chainPem: others.map(String),
    privateKeyPem: key.export({ type: "pkcs8", format: "pem" }).toString(),
    thumbprintSha256: hex(leaf.fingerprint256),
    thumbprintSha1: hex(leaf.fingerprint),
    notAfter: leaf.validToDate.getTime(),
  });
}
