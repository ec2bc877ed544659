/** Real PowerShell remoting to practice servers, on any Linux with PowerShell: see endpoint.psm1 and client.psm1. */
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { withLock } from "../../../build/lock.ts";
import type { RemotingLocation } from "../../../main/ports.ts";
import { exceptionTypes } from "../../../main/practice/exchange/remote-errors.ts";

const root = path.resolve(import.meta.dirname, "../../..");
const parts = ["make-endpoint.ps1", "endpoint.psm1", "client.psm1", "ssh", "shell"];

/** Exception classes of Exchange's own; the others are .NET's and PowerShell's. */
const ownTypes = Object.values(exceptionTypes).filter((type) => type.startsWith("Microsoft."));

function fingerprint(): string {
  const hash = createHash("sha256").update(JSON.stringify(ownTypes));
  for (const part of parts) hash.update(readFileSync(path.join(import.meta.dirname, part)));
  return hash.digest("hex").slice(0, 16);
}

/** Makes assembly and session configurations where they are missing: compiling costs seconds. */
async function prepare(pwsh: string): Promise<string> {
  const cache = path.join(root, ".cache");
  const folder = path.join(cache, `exchange-remoting-${fingerprint()}`);
  mkdirSync(cache, { recursive: true });
  await withLock(path.join(cache, "exchange-remoting.lock"), () => {
    if (existsSync(folder)) return Promise.resolve();
    const making = mkdtempSync(path.join(cache, "exchange-remoting-making-"));
    for (const part of parts) copyFileSync(path.join(import.meta.dirname, part), path.join(making, part));
    const types = path.join(making, "types.json");
    writeFileSync(types, JSON.stringify(ownTypes));
    mkdirSync(path.join(making, "powershell"));
    writeFileSync(path.join(making, "powershell", "profile.ps1"), `Import-Module ${JSON.stringify(path.join(folder, "client.psm1"))}\n`);
    const given = ["-Folder", making, "-Place", folder, "-TypesFile", types];
    const done = spawnSync(pwsh, ["-NoLogo", "-NoProfile", "-NonInteractive", "-File", path.join(making, "make-endpoint.ps1"), ...given], { encoding: "utf8", env: { ...process.env, ...quiet } });
    if (done.status !== 0) {
      rmSync(making, { recursive: true, force: true });
      throw new Error(`the endpoint could not be made:\n${done.stdout}${done.stderr}`);
    }
    renameSync(making, folder);
    return Promise.resolve();
  });
  return folder;
}

const quiet = { POWERSHELL_TELEMETRY_OPTOUT: "1", POWERSHELL_UPDATECHECK: "Off", NO_COLOR: "1", TERM: "dumb" };

/** A PowerShell that opens real sessions on the servers behind an endpoint, which is in `environment`. */
export async function remotingLab(pwsh: string, environment: Readonly<Record<string, string>>): Promise<RemotingLocation> {
  const folder = await prepare(pwsh);
  return {
    executable: path.join(folder, "shell"),
    edition: "Core",
    environment: { ...environment, ...quiet, MC_LAB_FOLDER: folder, MC_LAB_PWSH: pwsh, XDG_CONFIG_HOME: folder, PATH: `${folder}${path.delimiter}${process.env["PATH"] ?? ""}` },
  };
}
