import { chmodSync, mkdirSync, statSync } from "node:fs";
import { afterEach, expect, it } from "vitest";
import { buildPorts } from "../../../../../main/hosts/shared/build-ports.ts";
import { fail, succeed } from "../../../../../shared/fault.ts";
import { silentLogger } from "../../../../lab/loggers.ts";
import { temporaryFolder } from "../../store/support.ts";

const { folder, remove } = temporaryFolder();
afterEach(remove);

it.skipIf(process.platform === "win32")("makes the data folder the account's own before anything else is in it, also one that was open (modes are POSIX's)", async () => {
  mkdirSync(folder, { recursive: true });
  chmodSync(folder, 0o755);
  const ports = await buildPorts({ host: "command-line", dataDirectory: folder, openPractice: null, logger: silentLogger });
  expect(statSync(folder).mode & 0o777).toBe(0o700);
  expect(ports.keyWrapping.map(({ protection }) => protection)).toContain("key-file");
});

it("hands on a host's own protection, which needs no private folder", async () => {
  const refusal = fail({ kind: "unreadable", what: "secret-unreadable" });
  const own = { protection: "safe-storage", wrap: () => Promise.resolve(succeed(Uint8Array.of(1))), unwrap: () => Promise.resolve(refusal) } as const;
  const ports = await buildPorts({ host: "electron", dataDirectory: folder, openPractice: null, logger: silentLogger, own: { keyWrapping: [own] } });
  expect(ports.keyWrapping.map(({ protection }) => protection)).toEqual(["safe-storage"]);
  expect(await ports.keyWrapping[0]?.wrap(Uint8Array.of(7))).toEqual(succeed(Uint8Array.of(1)));
});
