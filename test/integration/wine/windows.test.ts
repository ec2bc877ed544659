import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { systemKeyWrapping } from "../../../main/hosts/shared/key-wrapping.ts";
import { connection } from "../../lab/directory-connection.ts";
import { documentNamed, noteBy, open, take } from "../../unit/main/store/support.ts";
import { connectTo, storeNames, type Connected } from "./console-client.ts";
import { prepareWine, profileFolder, startWindowsNode, windowsPath, wineMissing, type WindowsProcess } from "./wine.ts";

const missing = wineMissing();

describe.skipIf(missing !== null)(`the product with the Windows build of Node${missing === null ? "" : ` (skipped: ${missing})`}`, () => {
  let folder: string;
  const running: WindowsProcess[] = [];
  let counter = 0;
  beforeAll(() => {
    prepareWine();
    folder = mkdtempSync(path.join(tmpdir(), "mc-wine-"));
  }, 240_000);
  afterAll(async () => {
    await Promise.all(running.map((each) => each.kill()));
    rmSync(folder, { recursive: true, force: true });
  });

  const linuxKeys = (data: string) => systemKeyWrapping(data, { platform: "linux" });

  /** A data folder with a key file: Wine can neither protect a key nor read a folder's rights back, so that none is made in a new one. */
  async function folderWithKey(data: string): Promise<string> {
    await (await open({ folder: data, keyWrapping: linuxKeys(data) })).close();
    return data;
  }

  function start(entry: string, args: readonly string[], stdin: string | Buffer | null = null): WindowsProcess {
    counter += 1;
    const input = stdin === null ? null : path.join(folder, `in-${counter}`);
    if (input !== null && stdin !== null) writeFileSync(input, stdin);
    const process = startWindowsNode(entry, args, path.join(folder, `out-${counter}`), input);
    running.push(process);
    return process;
  }

  async function startHost(data: string | null): Promise<{ readonly host: WindowsProcess; readonly connected: Connected }> {
    const host = start("out/main/loopback.js", ["--no-open", ...(data === null ? [] : ["--data", windowsPath(data)])]);
    const deadline = Date.now() + 60_000;
    while (Date.now() < deadline && host.child.exitCode === null) {
      const address = /http:\/\/127\.0\.0\.1:\d+\/#code=\S+/.exec(host.output())?.[0];
      if (address !== undefined) return { host, connected: await connectTo(address) };
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    throw new Error(`The host printed no address:\n${host.output()}`);
  }

  async function runCommand(args: readonly string[], stdin: string | Buffer | null = null): Promise<{ readonly code: number | null; readonly output: string }> {
    const command = start("out/main/command-line.js", args, stdin);
    return { code: await command.ended(), output: command.output() };
  }

  it("keeps what was saved when it is killed and started again", async () => {
    const data = await folderWithKey(path.join(folder, "killed"));
    const first = await startHost(data);
    const hello = await first.connected.client.app.hello();
    expect(hello).toMatchObject({ host: "loopback", platform: "win32", dataDirectory: windowsPath(data) });
    // Wine's powershell.exe ends well and protects nothing: the key file that is there must be stated, not DPAPI.
    expect(hello.keyProtection).toBe("key-file");
    const created = await first.connected.client.stores.create({ name: "Contoso HQ", connection, password: "planted-password-1" });
    expect(created.ok).toBe(true);
    await first.host.kill();

    const second = await startHost(data);
    expect(await storeNames(second.connected)).toEqual(["Contoso HQ"]);
    const id = created.ok ? created.value.id : "";
    const detail = await second.connected.client.stores.get({ id });
    expect(detail).toMatchObject({ ok: true, value: { directoryPassword: { state: "set" }, connection: { username: "CONTOSO\\svc-mail" } } });
    second.connected.close();
    await second.host.kill();
  });

  it("lets two hosts work on one data folder, and tells the second what the first saved", async () => {
    const data = path.join(folder, "shared");
    const [one, two] = [await startHost(data), await startHost(data)];
    const created = await one.connected.client.stores.create({ name: "First", connection, password: null });
    const id = created.ok ? created.value.id : "";
    await expect.poll(() => storeNames(two.connected)).toEqual(["First"]);
    const changed = { ...connection, domain: "other.lab" };
    const [saved, late] = [
      await one.connected.client.stores.updateConnection({ id, connection: changed, password: null, expectedRevision: 1 }),
      await two.connected.client.stores.updateConnection({ id, connection: changed, password: null, expectedRevision: 1 }),
    ];
    expect(saved).toMatchObject({ ok: true, value: { revision: 2 } });
    expect(late).toMatchObject({ ok: false, fault: { kind: "conflict", revision: 2 } });
    for (const { host, connected } of [one, two]) {
      connected.close();
      await host.kill();
    }
  });

  it("works in a folder with letters of other scripts and blanks in its name", async () => {
    const data = await folderWithKey(path.join(folder, "Zürich Ångström 東京"));
    const document = path.join(data, "Größe.json");
    writeFileSync(document, `\uFEFF${JSON.stringify({ name: "Zürich 東京", connection })}`.replaceAll("\n", "\r\n"));
    const added = await runCommand(["stores", "add", windowsPath(document), "--data", windowsPath(data), "--secrets", "--json"], "directory.password=planted-password-2\r\n");
    expect(added.output).toContain("Zürich 東京");
    expect(added.code).toBe(0);
    expect(existsSync(path.join(data, "messaging-console.db"))).toBe(true);
    const { host, connected } = await startHost(data);
    expect(await storeNames(connected)).toEqual(["Zürich 東京"]);
    connected.close();
    await host.kill();
  });

  it("ends the command line with its documented exit codes", async () => {
    const data = windowsPath(path.join(folder, "codes"));
    expect((await runCommand(["stores", "--data", data, "--json"])).output.trim()).toBe("[]");
    expect((await runCommand(["servers", "--store", "nobody", "--data", data])).code).toBe(3);
    expect((await runCommand(["nonsense"])).code).toBe(2);
    const help = await runCommand(["--help"]);
    expect(help.output).toContain("Exit codes:");
    expect(help.code).toBe(0);
  });

  it("takes a password as Windows redirects write it, and stores none that its encoding spoiled", async () => {
    const data = await folderWithKey(path.join(folder, "redirected"));
    const password = `Grüße "und' \\ %PATH% ^& € ß?`;
    const document = path.join(folder, "redirected.json");
    // `>` of Windows PowerShell 5.1 writes UTF-16LE with a mark (about_Character_Encoding).
    writeFileSync(document, Buffer.from(`\uFEFF${JSON.stringify({ name: "Redirected", connection })}\r\n`, "utf16le"));
    const set = (verb: readonly string[], stdin: Buffer) => runCommand(["stores", ...verb, windowsPath(document), "--data", windowsPath(data), "--secrets"], stdin);
    expect(await set(["add"], Buffer.from(`\uFEFFdirectory.password=${password}\r\n`, "utf16le"))).toEqual({ code: 0, output: "Created Redirected, revision 1.\n" });
    // Code page 1252, as programs of the console write it.
    const spoiled = await set(["set", "Redirected"], Buffer.from(`directory.password=${password}\r\n`, "latin1"));
    expect(spoiled).toMatchObject({ code: 2, output: expect.stringContaining("not UTF-8") });
    expect(spoiled.output).not.toContain("und'");
    const store = await open({ folder: data, keyWrapping: linuxKeys(data) });
    const reference = store.identityStores.list()[0]?.document.directoryPassword ?? null;
    expect(reference === null ? null : Buffer.from(take(store.vault.open("directory-password", reference))).toString()).toBe(password);
    await store.close();
  });

  it("makes no key file in a new folder whose rights cannot be read back, and says that a secret is not stored", async () => {
    const data = path.join(folder, "unknown-rights");
    const { host, connected } = await startHost(data);
    expect(await connected.client.app.hello()).toMatchObject({ keyProtection: null });
    const refused = await connected.client.stores.create({ name: "Contoso", connection, password: "planted-password-5" });
    expect(refused).toEqual({ ok: false, fault: { kind: "not-stored", why: "no-protection" } });
    expect(await connected.client.stores.create({ name: "Contoso", connection, password: null })).toMatchObject({ ok: true });
    connected.close();
    await host.kill();
    expect(readdirSync(data).filter((name) => name.includes("key"))).toEqual([]);
  });

  it("leaves data in the roaming profile while the new folder's rights cannot be read back, and moves it whole where they can", async () => {
    const [roaming, local] = [path.join(profileFolder("Roaming"), "Messaging Console"), path.join(profileFolder("Local"), "Messaging Console")];
    const clean = () => [roaming, local].forEach((each) => rmSync(each, { recursive: true, force: true }));
    clean();
    try {
      const [from, to] = [path.join(roaming, "data"), path.join(local, "data")];
      const before = await open({ folder: from, keyWrapping: linuxKeys(from) });
      const sealed = take(await before.vault.seal("directory-password", Buffer.from("planted-password-4")));
      take(await before.identityStores.create({ ...documentNamed("Contoso"), directoryPassword: sealed }, noteBy("anna")));
      await before.close();

      const { host, connected } = await startHost(null);
      expect((await connected.client.app.hello()).dataDirectory).toMatch(/^C:\\users\\[^\\]+\\AppData\\Roaming\\Messaging Console\\data$/i);
      expect(await storeNames(connected)).toEqual(["Contoso"]);
      connected.close();
      await host.kill();

      const orders = JSON.stringify({ from: windowsPath(from), to: windowsPath(to), killAt: null });
      expect(await start("test/integration/store/moving-child.ts", [orders]).ended()).toBe(0);
      expect(readdirSync(roaming)).toEqual([expect.stringMatching(/^data\.moved-/)]);
      expect((await runCommand(["stores", "--json"])).output).toContain("Contoso");
      const store = await open({ folder: to, keyWrapping: linuxKeys(to) });
      const reference = store.identityStores.list()[0]?.document.directoryPassword ?? null;
      expect(reference === null ? null : Buffer.from(take(store.vault.open("directory-password", reference))).toString()).toBe("planted-password-4");
      await store.close();
    } finally {
      clean();
    }
  });

  it("writes no planted password anywhere below its data folders", () => {
    const files = ["killed", "shared", "Zürich Ångström 東京", "unknown-rights"].flatMap((name) =>
      readdirSync(path.join(folder, name), { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name)),
    );
    expect(files.length).toBeGreaterThan(3);
    expect(files.filter((file) => readFileSync(file).includes("planted-password"))).toEqual([]);
  });
});
