/** One file read from bytes to answer: what the worker does, in a form that tests can call in their own thread too. */
import { fail, succeed, type Fault, type Result, type UnreadableReason } from "../../shared/fault.ts";
import type { CertificateInspection, CertificateVerdict } from "../../shared/model/certificate.ts";
import type { OpenedCertificate } from "../providers/provider.ts";
import { contentsOf, describe, type Contents } from "./describe.ts";
import { openContainer, type ContainerFacts } from "./open-container.ts";

export interface ReadingQuestion {
  readonly bytes: Uint8Array;
  /** Null for none; the empty text is a password of its own. */
  readonly password: string | null;
  /** Epoch milliseconds. */
  readonly now: number;
  /** The private key leaves the worker only when it is asked for. */
  readonly withKey: boolean;
}

export interface Reading {
  readonly inspection: CertificateInspection;
  /** Null when the structure could not be read. */
  readonly facts: ContainerFacts | null;
  /** Null unless asked for. */
  readonly opened: Result<OpenedCertificate> | null;
}

const damaged: Fault = { kind: "unreadable", what: "damaged" };

const VERDICTS: Readonly<Record<UnreadableReason, CertificateVerdict>> = {
  "not-a-pfx": "not-a-pfx",
  damaged: "damaged",
  "too-large": "too-large",
  "no-private-key": "no-private-key",
  "no-certificate": "no-certificate",
  "key-mismatch": "key-mismatch",
  "unsupported-mac": "unusual-mac",
  "unsupported-cipher": "unsupported",
  "too-many-iterations": "unsupported",
  "timed-out": "damaged",
  "secret-unreadable": "unsupported",
  "file-unreadable": "unsupported",
  "database-damaged": "unsupported",
  "database-newer": "unsupported",
  "not-json": "unsupported",
};

/** The verdict that goes with a fault. */
export function verdictOf(fault: Fault): CertificateVerdict {
  if (fault.kind === "wrong-password") return "wrong-password";
  return fault.kind === "unreadable" ? VERDICTS[fault.what] : "unsupported";
}

/** A refusal with its verdict. */
export function refused(fault: Fault, facts: ContainerFacts | null = null): Reading {
  return { inspection: { opens: false, fault, verdict: verdictOf(fault) }, facts, opened: fail(fault) };
}

/** Never throws for a file's content. */
export function readCertificateFile({ bytes, password, now, withKey }: ReadingQuestion): Reading {
  const { facts, result } = openContainer(bytes, password);
  if (!result.ok) return refused(result.fault, facts);
  if (facts === null) return refused(damaged);
  try {
    const contents = contentsOf(result.value);
    const summary = describe(contents, facts, now);
    return { inspection: { opens: true, summary }, facts, opened: withKey ? openedCertificate(contents) : null };
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
    thumbprintSha256: leaf.fingerprint256.replaceAll(":", "").toLowerCase(),
    thumbprintSha1: leaf.fingerprint.replaceAll(":", "").toLowerCase(),
    notAfter: leaf.validToDate.getTime(),
  });
}
