/** The question to the reader and its answer, apart from the parsers, which only the worker loads. */
import { fail, type Fault, type Result, type UnreadableReason } from "../../shared/fault.ts";
import type { CertificateInspection, CertificateSummary, CertificateVerdict } from "../../shared/model/certificate.ts";
import type { OpenedCertificate } from "./opened.ts";

/** Null is no password; the empty text is a password of its own. */
export type Password = string | null;

/** What a container is made of; most of it can be said without its password. */
export interface ContainerFacts {
  readonly cipher: "legacy" | "modern" | "none";
  readonly cipherNames: readonly string[];
  /** Of each encrypted part. `prf` is the hash of PBKDF2, null for another derivation. */
  readonly encryptions: readonly {
    readonly name: string;
    readonly prf: string | null;
    readonly generation: "legacy" | "modern";
    readonly iterations: number;
  }[];
  readonly mac: { readonly hash: string; readonly iterations: number; readonly length: number; readonly salt: number } | null;
  /** As in the summary; null for a container that did not open. */
  readonly integrity: CertificateSummary["integrity"];
  /** It opened with nothing typed. */
  readonly isOpenedUntyped: boolean;
  /** It came as base64 text. */
  readonly asText: boolean;
  /** A password sealed for accounts of a domain is in it. */
  readonly domainPassword: boolean;
  readonly skipped: readonly Skipped[];
}

/** Something of a container that is not read. `id` is its object identifier. */
export interface Skipped {
  readonly what: "crl" | "secret" | "bag" | "part";
  readonly id: string;
}

export interface ReadingQuestion {
  readonly bytes: Uint8Array;
  /** Null and the empty text both say that nothing was typed. */
  readonly password: string | null;
  /** Thumbprint of the certificate to describe and open, of several; without one the valid one that lasts longest. */
  readonly identity?: string | null;
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

/** What is read elsewhere has its reasons besides: of a certificate they are no verdict of their own. */
const VERDICTS: Readonly<Partial<Record<UnreadableReason, CertificateVerdict>>> = {
  "not-a-pfx": "not-a-pfx",
  "domain-protected": "domain-protected",
  damaged: "damaged",
  "too-large": "too-large",
  "no-private-key": "no-private-key",
  "no-certificate": "no-certificate",
  "key-mismatch": "key-mismatch",
  "unsupported-mac": "unusual-mac",
  "timed-out": "damaged",
};

/** The verdict that goes with a fault. */
export function verdictOf(fault: Fault): CertificateVerdict {
  if (fault.kind === "wrong-password") return "wrong-password";
  return fault.kind === "unreadable" ? (VERDICTS[fault.what] ?? "unsupported") : "unsupported";
}

/** A refusal with its verdict. */
export function refused(fault: Fault, facts: ContainerFacts | null = null): Reading {
  return { inspection: { opens: false, fault, verdict: verdictOf(fault) }, facts, opened: fail(fault) };
}
