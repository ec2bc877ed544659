/** What may stand as the web proxy's address in the settings. */
import { readTyped } from "./typed-value.ts";

/** Why an address cannot be the proxy's, as an issue's code; null for one that can: `proxy:8080`, `http://…`, `https://…`. */
export function proxyAddressProblem(address: string): "proxy-address" | "proxy-credentials" | null {
  const text = readTyped(address, "account");
  if (text.includes("@")) return "proxy-credentials";
  const match = /^(?:https?:\/\/)?(?:\[[0-9a-f:.]+\]|[a-z0-9_](?:[a-z0-9._-]{0,252}[a-z0-9_])?)(?::(\d{1,5}))?\/?$/i.exec(text);
  const port = Number(match?.[1] ?? 80);
  return match === null || port < 1 || port > 65_535 ? "proxy-address" : null;
}
