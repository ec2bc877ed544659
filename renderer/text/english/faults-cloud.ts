/** What to do where the console chose the host itself, a cloud's: no name that a person typed is at fault, and no server of theirs. */
import type { UnreachableReason } from "../../../shared/fault.ts";

const blocked =
  "The console chose this host: it belongs to the cloud. Something between blocks it: a firewall, a filter or the missing way to the web. If this network reaches the web through a proxy, enter it under Settings.";
const inspected =
  "The console chose this host: it belongs to the cloud. A device on the way, such as a proxy that looks into encrypted traffic, answers in its place: exempt the host there, or install that device's authority on this computer.";

export const faultsCloud = {
  "name-not-found-next":
    "The console chose this name: it belongs to the cloud. The DNS server of this network does not answer for names outside, or blocks this one. If this network reaches the web through a proxy, enter it under Settings.",
  "dns-failed-next": "Check the network and its DNS server. If this network reaches the web through a proxy, enter it under Settings.",
  "refused-next": blocked,
  "host-unreachable-next": blocked,
  "connection-reset-next": blocked,
  "timed-out-next": blocked,
  "tls-failed-next": inspected,
  "name-mismatch-next": inspected,
  "certificate-untrusted-next": inspected,
  "certificate-self-signed-next": inspected,
  "certificate-issuer-unknown-next": inspected,
} as const satisfies Partial<Record<`${UnreachableReason}-next`, string>>;
