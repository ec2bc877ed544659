/** Handover bundles as JSON: written with their digest, read with every doubt. */
import { createHash } from "node:crypto";
import canonicalize from "canonicalize";
import { z } from "zod";
import { fail, succeed, type Result } from "../../shared/fault.ts";
import { parseJson } from "../../shared/json.ts";
import { BUNDLE_FORMAT, BUNDLE_VERSION, bundleHeadSchema, bundleSchema, type Bundle } from "../../shared/model/bundle.ts";
import { decodeText } from "../decode-text.ts";

/** Every field, those of newer versions included. */
const contentSchema = z.looseObject({});

const notABundle = fail({ kind: "unreadable", what: "not-a-bundle" });
const damaged = fail({ kind: "unreadable", what: "damaged" });

/** Over everything but the digest itself, in the one form that RFC 8785 gives it. */
function digestOf({ digest: _digest, ...rest }: Record<string, unknown>): string {
  return `sha256:${createHash("sha256").update(canonicalize(rest) ?? "", "utf8").digest("hex")}`;
}

/** The bytes of a bundle of this version. Fields come in the order of the format, two blanks deep, so that people can read it. */
export function writeBundle(content: Pick<Bundle, "application" | "createdAt" | "createdBy" | "stores">): Uint8Array {
  const bundle = { format: BUNDLE_FORMAT, version: BUNDLE_VERSION, minimumReader: BUNDLE_VERSION, ...content };
  return Buffer.from(`${JSON.stringify({ ...bundle, digest: digestOf(bundle) }, null, 2)}\n`, "utf8");
}

/**
 * Fails with `unreadable`: `not-a-bundle` for anything else, `damaged` where the digest is another one; and with `unsupported: bundle-newer` for
 * what only a newer console understands, whose version is the detail.
 */
export function readBundle(bytes: Uint8Array): Result<Bundle> {
  const text = decodeText(bytes);
  if (!text.ok) return notABundle;
  const content = parseJson(text.value);
  const head = bundleHeadSchema.safeParse(content);
  if (!head.success) return notABundle;
  if (head.data.minimumReader > BUNDLE_VERSION) return fail({ kind: "unsupported", why: "bundle-newer", detail: head.data.application });
  const read = bundleSchema.safeParse(content);
  if (!read.success) return damaged;
  // What a newer console wrote besides is part of what its digest is over.
  return hasDigest(content, read.data.digest) ? succeed(read.data) : damaged;
}

/** What is nested deeper than this process can follow has none. */
function hasDigest(content: unknown, digest: string): boolean {
  try {
    return digestOf(contentSchema.parse(content)) === digest;
  } catch {
    return false;
  }
}
