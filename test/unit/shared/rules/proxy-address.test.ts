import { expect, it } from "vitest";
import { proxyAddressProblem } from "../../../../shared/rules/proxy-address.ts";

it.each(["proxy", "proxy.contoso.lab:8080", "http://proxy:3128/", "https://10.0.0.1", "http://[::1]:8080"])("%s may be the proxy's address", (address) => {
  expect(proxyAddressProblem(address)).toBeNull();
});

it.each(["anna:secret@proxy:8080", "http://anna@proxy", "http://anna:secret@proxy:8080"])("%s is refused for its credentials, which the settings do not seal", (address) => {
  expect(proxyAddressProblem(address)).toBe("proxy-credentials");
});

it.each(["", "proxy:0", "proxy:65536", "socks5://proxy", "http://proxy/path", "two proxies"])("%j is no address of a proxy", (address) => {
  expect(proxyAddressProblem(address)).toBe("proxy-address");
});
