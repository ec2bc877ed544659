import { describe, expect, it } from "vitest";
import { createProxyFinder } from "../../../../main/network/web-proxy.ts";
import { managedPreferences } from "../../../../main/policy/preferences.ts";
import { managedOf } from "../../../../shared/rules/policies.ts";
import { preferencesWith } from "../../../lab/ports.ts";

const managed = (values: Readonly<Record<string, unknown>>) => managedOf([{ from: "machine", values }]);

describe("managed preferences", () => {
  it("stand in place of what was saved, which stays saved", async () => {
    const saved = preferencesWith({ theme: "light", checkIntervalSeconds: 10 });
    const port = managedPreferences(saved, managed({ Theme: "dark", CheckInterval: 60 }));
    expect(port.get()).toMatchObject({ theme: "dark", checkIntervalSeconds: 60, proxy: "environment" });
    expect(await port.set({ theme: "system", checkIntervalSeconds: 5, proxy: "none" })).toMatchObject({ theme: "dark", checkIntervalSeconds: 60, proxy: "none" });
    expect(saved.get()).toMatchObject({ theme: "light", checkIntervalSeconds: 10, proxy: "none" });
  });

  it("are as they were saved where nothing is managed", async () => {
    const saved = preferencesWith({ theme: "light" });
    const port = managedPreferences(saved, managed({ NoPractice: 1 }));
    expect(port.get()).toEqual(saved.get());
    expect(await port.set({ theme: "dark" })).toEqual(saved.get());
  });

  it.each([
    ["none", { ok: true, value: null }],
    ["proxy.contoso.com:8080", { ok: true, value: { host: "proxy.contoso.com", port: 8080 } }],
    ["nowhere", { ok: false, fault: { kind: "unsupported", why: "proxy-setting" } }],
    ["http://eva:secret@proxy:1", { ok: false, fault: { kind: "unsupported", why: "proxy-setting" } }],
  ])("lead to the clouds by the way %s, whatever was saved", (way, found) => {
    const port = managedPreferences(preferencesWith({ proxy: "address", proxyAddress: "other:1" }), managed({ Proxy: way }));
    expect(createProxyFinder(port.get, { environment: true })("graph.microsoft.com")).toMatchObject(found);
  });
});
