/** The verb that shows and changes settings, over a console of which an administrator decides some. */
import { Readable } from "node:stream";
import { describe, expect, it } from "vitest";
import { runCommandLine } from "../../../../../main/hosts/command-line/command-line.ts";
import { settings } from "../../../../../main/hosts/command-line/verbs/settings.ts";
import { defaultPreferences } from "../../../../../shared/contract/default-preferences.ts";
import { fail, succeed } from "../../../../../shared/fault.ts";
import { managedOf } from "../../../../../shared/rules/policies.ts";
import { collected } from "../../../../lab/collected.ts";
import { standInClient } from "../../../renderer/stand-in-client.ts";

const managed = managedOf([{ from: "machine", values: { Contact: "Jürgen Größe, 東京", CheckInterval: 60, Theme: "blue" } }]);
const refusal = fail({ kind: "managed", policy: "CheckInterval", contact: "Jürgen Größe, 東京" });

async function run(args: readonly string[], answer: unknown = succeed(defaultPreferences), what = managed, proxyAddress = "proxy:8080") {
  const [out, err] = [collected(), collected()];
  const asked: unknown[] = [];
  const client = standInClient({
    "app.preferences.get": () => ({ ...defaultPreferences, checkIntervalSeconds: 60, proxy: "address", proxyAddress }),
    "app.managed": () => what,
    "app.preferences.set": (change) => {
      asked.push(change);
      return answer;
    },
  });
  const code = await runCommandLine(["settings", ...args], {
    verbs: [settings],
    stdin: Readable.from([]),
    stdout: out.stream,
    stderr: err.stream,
    signal: new AbortController().signal,
    open: () => Promise.resolve({ client, notice: null, close: () => Promise.resolve() }),
  });
  return { code, out: out.text(), err: err.text(), asked };
}

describe("settings", () => {
  it("tells which are managed, by which policy, and what of the policies cannot be obeyed", async () => {
    const { code, out } = await run([]);
    expect(code).toBe(0);
    expect(out).toMatch(/^theme +system +Theme$/m);
    expect(out).toMatch(/^check-interval +60 +CheckInterval$/m);
    expect(out).toMatch(/^proxy +proxy:8080 +-$/m);
    expect(out).toContain("Managed by your organisation. Ask: Jürgen Größe, 東京");
    expect(out).toMatch(/^CheckInterval +60 +for this computer +Seconds between checks/m);
    expect(out).toContain("The policy Theme has a value that cannot be understood");
  });

  it("gives programs all of it", async () => {
    expect(JSON.parse((await run(["--json"])).out)).toMatchObject({
      settings: [{ name: "theme", managedBy: "Theme" }, { name: "check-interval", value: "60", managedBy: "CheckInterval" }, { name: "proxy", managedBy: null }],
      policies: [{ name: "Contact" }, { name: "CheckInterval", value: 60, from: "machine", problem: null }, { name: "Theme", value: "system", problem: "wrong-value" }],
      unknown: [],
    });
  });

  it("says that no cloud is reached where no proxy has an address", async () => {
    const nowhere = managedOf([{ from: "machine", values: { Proxy: "nowhere" } }]);
    expect((await run([], null, nowhere, "")).out).toMatch(/^proxy +nowhere +Proxy$/m);
  });

  it("says no more than the settings where nothing is managed", async () => {
    expect((await run([], null, managedOf([]))).out.trimEnd().split("\n")).toHaveLength(4);
  });

  it.each([
    ["theme", "dark", { theme: "dark" }],
    ["Check-Interval", "30", { checkIntervalSeconds: 30 }],
    ["proxy", "none", { proxy: "none" }],
    ["proxy", "proxy:8080", { proxy: "address", proxyAddress: "proxy:8080" }],
  ])("set changes %s to %s", async (name, value, change) => {
    const { code, asked } = await run(["set", name, value]);
    expect([code, asked]).toEqual([0, [change]]);
  });

  it.each([["theme", "blue"], ["check-interval", "4"], ["check-interval", "0x20"], ["proxy", " "], ["colour", "dark"]])("set takes no %s %j", async (name, value) => {
    const { code, asked } = await run(["set", name, value]);
    expect([code, asked]).toEqual([2, []]);
  });

  it("set is refused where an administrator decides, and says whom to ask", async () => {
    const { code, err } = await run(["set", "check-interval", "30"], refusal);
    expect(code).toBe(6);
    expect(err).toContain("This is managed by your organisation: Seconds between checks of a server. Ask whoever manages this computer: Jürgen Größe, 東京.");
    expect(err).toContain("Policy CheckInterval");
  });
});
