import { mkdirSync } from "node:fs";
import { afterEach, beforeEach, expect, it } from "vitest";
import { buildPorts } from "../../../../../main/hosts/shared/build-ports.ts";
import { openPracticeOrganisation } from "../../../../../main/hosts/shared/practice.ts";
import { managedOf } from "../../../../../shared/rules/policies.ts";
import { fail, succeed } from "../../../../../shared/fault.ts";
import { recordingLogger, silentLogger } from "../../../../lab/loggers.ts";
import { temporaryFolder } from "../../store/support.ts";

const { folder, remove } = temporaryFolder();
beforeEach(() => {
  mkdirSync(folder, { recursive: true });
});
afterEach(remove);

it.each(["private", "open"] as const)("keeps a key in a file where the folder's rights are private alone: %s", async (rights) => {
  const ports = await buildPorts({ host: "command-line", dataDirectory: folder, rights, openPractice: null, logger: silentLogger });
  const file = ports.keyWrapping.find(({ protection }) => protection === "key-file");
  expect((await file?.wrap(Uint8Array.of(7)))?.ok).toBe(rights === "private");
});

const isWindows = process.platform === "win32";
it.skipIf(isWindows)(`keeps no key in a file where nobody can tell who may read a folder whose rights were left as they are${isWindows ? " (Windows can tell)" : ""}`, async () => {
  const ports = await buildPorts({ host: "command-line", dataDirectory: folder, rights: "kept", openPractice: null, logger: silentLogger });
  const file = ports.keyWrapping.find(({ protection }) => protection === "key-file");
  expect((await file?.wrap(Uint8Array.of(7)))?.ok).toBe(false);
});

it("hands on a host's own protection, which needs no private folder", async () => {
  const refusal = fail({ kind: "unreadable", what: "secret-unreadable" });
  const own = { protection: "safe-storage", wrap: () => Promise.resolve(succeed(Uint8Array.of(1))), unwrap: () => Promise.resolve(refusal) } as const;
  const ports = await buildPorts({ host: "electron", dataDirectory: folder, rights: "open", openPractice: null, logger: silentLogger, own: { keyWrapping: [own] } });
  expect(ports.keyWrapping.map(({ protection }) => protection)).toEqual(["safe-storage"]);
  expect(await ports.keyWrapping[0]?.wrap(Uint8Array.of(7))).toEqual(succeed(Uint8Array.of(1)));
});

it("leaves the stack of a bug that ends the process in the log", async () => {
  const logger = recordingLogger();
  const before = process.listeners("uncaughtExceptionMonitor");
  await buildPorts({ host: "command-line", dataDirectory: folder, rights: "private", openPractice: null, logger });
  const [own] = process.listeners("uncaughtExceptionMonitor").filter((listener) => !before.includes(listener));
  expect(own).toBeDefined();
  own?.(new TypeError("planted"), "uncaughtException");
  if (own !== undefined) process.off("uncaughtExceptionMonitor", own);
  expect(logger.errors).toHaveLength(1);
  expect(logger.errors[0]).toContain("the process ends by a bug");
});

it("says in the log where other accounts may read the data folder, and nowhere else", async () => {
  const logger = recordingLogger();
  for (const rights of ["private", "kept"] as const) await buildPorts({ host: "command-line", dataDirectory: folder, rights, openPractice: null, logger });
  expect(logger.errors).toEqual([]);
  await buildPorts({ host: "command-line", dataDirectory: folder, rights: "open", openPractice: null, logger });
  expect(logger.errors).toHaveLength(1);
});

it("opens sessions with the shell that it was given, else with Windows' own or none", async () => {
  const remoting = { executable: "/lab/shell", edition: "Core" } as const;
  const asked = { host: "loopback", dataDirectory: folder, rights: "private", openPractice: null, logger: silentLogger } as const;
  expect((await buildPorts({ ...asked, remoting })).remoting).toBe(remoting);
  expect((await buildPorts(asked)).remoting === null).toBe(!isWindows);
});

it("obeys what an administrator decides: preferences, keys in files, and the log says so", async () => {
  const logger = recordingLogger();
  const managed = managedOf([{ from: "machine", values: { Theme: "dark", NoKeyFile: 1, Proxy: "nowhere", CheckInterval: "often", Thema: "dark" } }]);
  const ports = await buildPorts({ host: "command-line", dataDirectory: folder, rights: "private", openPractice: null, logger, managed });
  expect(ports.managed).toBe(managed);
  expect(ports.preferences.get()).toMatchObject({ theme: "dark", checkIntervalSeconds: 10 });
  expect(ports.keyWrapping.filter(({ protection }) => protection === "key-file")).toEqual([]);
  expect(ports.proxy("graph.microsoft.com")).toMatchObject({ ok: false });
  expect(logger.errors.map((line) => /CheckInterval|Thema/.exec(line)?.[0])).toEqual(["CheckInterval", "Thema"]);
});

it("opens no practice organisation where an administrator forbids it", async () => {
  const managed = managedOf([{ from: "machine", values: { NoPractice: 1 } }]);
  expect(await openPracticeOrganisation(folder, silentLogger, managed)).toEqual(fail({ kind: "managed", policy: "NoPractice", contact: "" }));
});
