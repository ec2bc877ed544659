/** Data that is moved to the local profile while processes are killed, or start at once. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { settleData } from "../../../main/hosts/shared/move-data.ts";
import { systemKeyWrapping } from "../../../main/hosts/shared/key-wrapping.ts";
import { documentNamed, noteBy, open, take } from "../../unit/main/store/support.ts";

let root: string;
beforeEach(() => {
  root = fs.mkdtempSync(path.join(os.tmpdir(), "mc-moving-"));
});
afterEach(() => fs.rmSync(root, { recursive: true, force: true, maxRetries: 5 }));

interface Places {
  readonly from: string;
  readonly to: string;
}

const placesBelow = (folder: string): Places => ({ from: path.join(folder, "Roaming", "data"), to: path.join(folder, "Local", "data") });

async function fill(folder: string): Promise<void> {
  const store = await open({ folder, keyWrapping: systemKeyWrapping(folder, { platform: "linux" }) });
  const directoryPassword = take(await store.vault.seal("directory-password", Buffer.from("planted-password-3")));
  take(await store.identityStores.create({ ...documentNamed("Contoso"), directoryPassword }, noteBy("anna")));
  await store.close();
}

/** The password that was saved, read through the key that was moved with it. */
async function passwordIn(folder: string): Promise<string | null> {
  const store = await open({ folder, keyWrapping: systemKeyWrapping(folder, { platform: "linux" }) });
  try {
    const reference = store.identityStores.list()[0]?.document.directoryPassword ?? null;
    return reference === null ? null : Buffer.from(take(store.vault.open("directory-password", reference))).toString();
  } finally {
    await store.close();
  }
}

interface SettlingProcess {
  /** Resolves when it has loaded everything and waits. */
  readonly ready: Promise<unknown>;
  /** Lets it go on, to its end. */
  settle(): Promise<{ readonly signal: string | null; readonly folder: string }>;
}

function startSettling(places: Places, killAt: number | null): SettlingProcess {
  const script = path.join(import.meta.dirname, "moving-child.ts");
  const child = spawn(process.execPath, [script, JSON.stringify({ ...places, killAt })], {
    stdio: ["pipe", "pipe", "inherit"],
    env: { ...process.env, NODE_COMPILE_CACHE: path.join(root, "compiled") },
  });
  let output = "";
  child.stdout.setEncoding("utf8").on("data", (chunk: string) => (output += chunk));
  const closed = once(child, "close");
  return {
    ready: once(child.stdout, "data"),
    settle: async () => {
      child.stdin.end();
      await closed;
      return { signal: child.signalCode, folder: output.replace("ready\n", "") };
    },
  };
}

const oldFolders = ({ from }: Places) => fs.readdirSync(path.dirname(from));

describe("moving the data", () => {
  it("loses nothing wherever it is killed, and the next start ends it", async () => {
    const template = path.join(root, "template");
    await fill(template);
    let killed = 0;
    for (let at = 1; ; at += 1) {
      const places = placesBelow(path.join(root, `killed-${at}`));
      fs.cpSync(template, places.from, { recursive: true });
      const { signal } = await startSettling(places, at).settle();
      if (signal === null) break;
      killed += 1;
      expect(settleData({ ...places, host: "loopback", secure: makeFolder }), `killed at call ${at}`).toBe(places.to);
      expect(await passwordIn(places.to), `killed at call ${at}`).toBe("planted-password-3");
      expect(oldFolders(places), `killed at call ${at}`).toEqual([expect.stringMatching(/^data\.moved-/)]);
      expect(fs.readdirSync(path.dirname(places.to)).filter((name) => name.startsWith("data")), `killed at call ${at}`).toEqual(["data"]);
    }
    // Fewer would mean that calls are no longer counted.
    expect(killed).toBeGreaterThan(15);
  }, 120_000);

  it("is done once when several processes start at once, and all use the new place", async () => {
    const places = placesBelow(root);
    await fill(places.from);
    const processes = [1, 2, 3, 4].map(() => startSettling(places, null));
    await Promise.all(processes.map(({ ready }) => ready));
    const settled = await Promise.all(processes.map((each) => each.settle()));
    expect(settled.map(({ folder }) => folder)).toEqual(Array.from({ length: 4 }, () => places.to));
    expect(await passwordIn(places.to)).toBe("planted-password-3");
    expect(oldFolders(places)).toEqual([expect.stringMatching(/^data\.moved-/)]);
  }, 60_000);
});

function makeFolder(folder: string): boolean {
  fs.mkdirSync(folder, { recursive: true });
  return true;
}
