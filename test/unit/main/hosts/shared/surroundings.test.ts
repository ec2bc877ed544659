import path from "node:path";
import { describe, expect, it } from "vitest";
import { systemClock } from "../../../../../main/hosts/shared/clock.ts";
import { defaultDataDirectory, practiceDirectory, roamingDataDirectory, type Surroundings } from "../../../../../main/hosts/shared/data-directory.ts";
import { findPowerShell, refusePowerShellOverride } from "../../../../../main/hosts/shared/powershell.ts";
import { windowsPowerShell } from "../../../../../main/programs.ts";
import { currentUser } from "../../../../../main/hosts/shared/user.ts";

const desktop = "C:\\Windows\\System32\\WindowsPowerShell\\v1.0\\powershell.exe";
const search = (platform: NodeJS.Platform, environment: Record<string, string>, programs: readonly string[]) => ({
  platform,
  environment,
  isProgram: (file: string) => programs.includes(file),
});

describe("findPowerShell", () => {
  it.each([
    ["PowerShell 7 on Linux", search("linux", { PATH: "/usr/bin:/opt/ps" }, ["/opt/ps/pwsh"]), { executable: "/opt/ps/pwsh", edition: "Core" }],
    ["none", search("linux", { PATH: "/usr/bin" }, []), null],
    ["nothing in relative folders", search("linux", { PATH: ".:bin" }, ["./pwsh", "bin/pwsh", "pwsh"]), null],
    ["PowerShell 7 first on Windows", search("win32", { Path: "C:\\ps", SystemRoot: "C:\\Windows" }, ["C:\\ps\\pwsh.exe", desktop]), { executable: "C:\\ps\\pwsh.exe", edition: "Core" }],
    ["Windows PowerShell in its place", search("win32", { Path: "C:\\tools", SYSTEMROOT: "C:\\Windows" }, [desktop, "C:\\tools\\powershell.exe"]), { executable: desktop, edition: "Desktop" }],
  ])("finds %s", (_what, where, expected) => {
    expect(findPowerShell(where)).toEqual(expected);
  });

  it("knows no Windows PowerShell elsewhere", () => {
    expect(windowsPowerShell(search("linux", { PATH: "/bin" }, [desktop]))).toBeNull();
  });
});

describe("refusePowerShellOverride", () => {
  it("takes the variable away outside tests", () => {
    const environment: Record<string, string | undefined> = { NODE_POWERSHELL: "/evil" };
    expect(refusePowerShellOverride(environment)).toBe(true);
    expect(environment).not.toHaveProperty("NODE_POWERSHELL");
    expect(refusePowerShellOverride(environment)).toBe(false);
  });

  it("leaves it to tests", () => {
    const environment = { NODE_POWERSHELL: "/fake", VITEST: "true" };
    expect(refusePowerShellOverride(environment)).toBe(false);
    expect(environment.NODE_POWERSHELL).toBe("/fake");
  });
});

describe("defaultDataDirectory", () => {
  it("is below the account's settings, in a folder of its own", () => {
    const on = (platform: NodeJS.Platform, environment: Surroundings["environment"]) => defaultDataDirectory({ platform, environment });
    expect(on("linux", { XDG_CONFIG_HOME: path.resolve("/x") })).toBe(path.join(path.resolve("/x"), "Messaging Console", "data"));
    expect(on("linux", { XDG_CONFIG_HOME: "relative" })).not.toContain("relative");
    expect(on("win32", { APPDATA: "/roaming", LOCALAPPDATA: "/local" })).toBe(path.join("/local", "Messaging Console", "data"));
    expect(on("win32", {})).toContain(path.join("AppData", "Local"));
    expect(on("darwin", {})).toContain(path.join("Library", "Application Support"));
  });

  it("was in the roaming profile on Windows, and nowhere else elsewhere", () => {
    expect(roamingDataDirectory({ platform: "win32", environment: { APPDATA: "/roaming", LOCALAPPDATA: "/local" } })).toBe(path.join("/roaming", "Messaging Console", "data"));
    expect(roamingDataDirectory({ platform: "linux", environment: { APPDATA: "/roaming" } })).toBeNull();
  });

  it("keeps practice data apart", () => {
    expect(practiceDirectory("/data")).toBe(path.join("/data", "practice"));
  });
});

describe("systemClock", () => {
  it("calls back, and not after it was cancelled", async () => {
    const called: string[] = [];
    const cancel = systemClock.after(5, () => called.push("cancelled"));
    cancel();
    await new Promise<void>((resolve) => {
      systemClock.after(10, () => {
        called.push("kept");
        resolve();
      });
    });
    expect(called).toEqual(["kept"]);
  });
});

describe("currentUser", () => {
  it("is never empty", () => {
    expect(currentUser()).not.toBe("");
  });
});
