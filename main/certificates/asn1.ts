/** Elements of ASN.1, within the limits of what a container needs. */
import { fromBER, OctetString, type AsnType } from "asn1js";
import { ASN1_LIMITS } from "./limits.ts";

/** Throws when the bytes do not begin with a whole element; with `nothing`, also when something follows it. */
export function parse(bytes: Uint8Array, follows: "anything" | "nothing"): AsnType {
  const parsed = fromBER(new Uint8Array(bytes), ASN1_LIMITS);
  if (parsed.offset === -1 || (follows === "nothing" && parsed.offset !== bytes.length)) throw new Error("not ASN.1");
  return parsed.result;
}

/** The content of an octet string. Throws when it is none. */
export function octets(value: unknown): Uint8Array {
  if (value instanceof OctetString) return new Uint8Array(value.getValue());
  throw new Error("no octets");
}
