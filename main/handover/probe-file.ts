/** Result files of carry-in probes, read with every doubt: they come from a computer that nobody here knows. */
import { createHash } from "node:crypto";
import { fail, succeed, type Result } from "../../shared/fault.ts";
import { parseJson } from "../../shared/json.ts";
import { PROBE_VERSION, probeFileSchema, probeHeadSchema, probePayloadSchema, type ProbePayload } from "../../shared/model/probe.ts";
import { decodeText } from "../decode-text.ts";

/** A result, and which console's version made the script. */
export interface ProbeResult {
  readonly application: string;
  readonly payload: ProbePayload;
}

/** Over what was found, as it stands in the file. */
export function probeDigest(payload: string): string {
  return `sha256:${createHash("sha256").update(payload, "utf8").digest("hex")}`;
}

/**
 * UTF-8 or UTF-16, as a file comes out of Windows PowerShell. Fails with `unreadable`: `not-a-probe-result` for anything else, `damaged` where the
 * digest is another one or what it covers is no result; and with `unsupported: probe-newer` for what only a newer console understands, whose
 * version is the detail.
 */
export function readProbeFile(bytes: Uint8Array): Result<ProbeResult> {
  const text = decodeText(bytes);
  const content = text.ok ? parseJson(text.value) : null;
  const head = probeHeadSchema.safeParse(content);
  if (!head.success) return fail({ kind: "unreadable", what: "not-a-probe-result" });
  const { minimumReader, application } = head.data;
  if (minimumReader > PROBE_VERSION) return fail({ kind: "unsupported", why: "probe-newer", detail: application });
  const file = probeFileSchema.safeParse(content);
  if (!file.success || probeDigest(file.data.payload) !== file.data.digest) return fail({ kind: "unreadable", what: "damaged" });
  const payload = probePayloadSchema.safeParse(parseJson(file.data.payload));
  return payload.success ? succeed({ application, payload: payload.data }) : fail({ kind: "unreadable", what: "damaged" });
}
