/**
 * The web proxy on the way to the clouds, as the preferences or the environment name it. Credentials are taken from the
 * environment only: what a person types into the settings lies in a file that is not sealed.
 */
import { getProxyForUrl } from "proxy-from-env";
import type { Preferences } from "../../shared/contract/app.ts";
import { fail, succeed, type Result } from "../../shared/fault.ts";
import { proxyAddressProblem } from "../../shared/rules/proxy-address.ts";
import type { ProxyFinder, WebProxy } from "../ports.ts";

/** The proxy of an address such as `http://proxy.contoso.com:8080`; null for what is none. */
export function readProxy(address: string): WebProxy | null {
  const url = URL.parse(address.includes("://") ? address : `http://${address}`);
  if (url === null || (url.protocol !== "http:" && url.protocol !== "https:")) return null;
  const secure = url.protocol === "https:";
  const credentials = url.username === "" && url.password === "" ? null : `${decoded(url.username)}:${decoded(url.password)}`;
  return {
    host: url.hostname.replace(/^\[|\]$/g, ""),
    port: url.port === "" ? (secure ? 443 : 80) : Number(url.port),
    secure,
    authorization: credentials === null ? null : () => `Basic ${Buffer.from(credentials, "utf8").toString("base64")}`,
  };
}

/** A password may hold a percent sign that was never meant as an escape. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** HTTPS_PROXY, else ALL_PROXY, else HTTP_PROXY, unless NO_PROXY exempts the host; in upper or lower case. */
function fromEnvironment(host: string): string {
  const address = getProxyForUrl(`https://${host}/`) || getProxyForUrl(`http://${host}:443/`);
  // The library gives an address without a scheme the request's; everybody else reads `proxy:8080` as http.
  const bare = address.replace(/^https:\/\//, "");
  return Object.entries(process.env).some(([name, value]) => /^(?:https|all)_proxy$/i.test(name) && value === bare) ? bare : address;
}

/** Asks the preferences each time, so that a change holds at once. The practice organisation has no use for the environment's proxy. */
export function createProxyFinder(preferences: () => Preferences, options: { readonly environment: boolean }): ProxyFinder {
  const found = (address: string, isTyped: boolean): Result<WebProxy | null> => {
    const proxy = isTyped && proxyAddressProblem(address) !== null ? null : readProxy(address);
    return proxy === null ? fail({ kind: "unsupported", why: isTyped ? "proxy-setting" : "proxy-variable" }) : succeed(proxy);
  };
  return (host) => {
    const { proxy, proxyAddress } = preferences();
    if (proxy === "address") return found(proxyAddress, true);
    const address = proxy === "environment" && options.environment ? fromEnvironment(host) : "";
    return address === "" ? succeed(null) : found(address, false);
  };
}
