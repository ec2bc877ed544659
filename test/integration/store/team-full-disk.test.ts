/** A database server whose disk is full: saves fail and say why, what was there stays, and room given back is used again. */
import { spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { chownSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { fail } from "../../../shared/fault.ts";
import { findPostgres, NEEDS_POSTGRES, startPostgres, type Account, type PostgresServer } from "../../lab/postgres-server.ts";
import { labTeam } from "../../lab/team-consoles.ts";
import { documentNamed, draftWith, messagingWith, noteBy, take } from "../../unit/main/store/support.ts";

const bin = findPostgres();
const full = fail({ kind: "not-stored", why: "disk-full" });
const MEGABYTE = 1024 * 1024;

/** Why there is none here: a small file system is mounted by root alone, and Debian's account runs the server then. */
function reason(): string | null {
  if (bin === null) return NEEDS_POSTGRES;
  return process.platform === "linux" && process.getuid?.() === 0 ? null : "only root on Linux can mount a small file system";
}
const skipped = reason();

describe.skipIf(skipped !== null)(`a team's database on a full disk${skipped === null ? "" : ` (skipped: ${skipped})`}`, () => {
  let server: PostgresServer;
  let folder: string;
  let database: string;
  beforeEach(async () => {
    server = await startPostgres(bin ?? "");
    folder = mkdtempSync("/tmp/pg-small-");
    const mounted = spawnSync("mount", ["-t", "tmpfs", "-o", "size=24m", "tmpfs", folder], { encoding: "utf8" });
    if (mounted.status !== 0) throw new Error(mounted.stderr);
    const [uid, gid] = ["-u", "-g"].map((option) => Number(spawnSync("id", [option, "postgres"], { encoding: "utf8" }).stdout));
    chownSync(folder, uid ?? 0, gid ?? 0);
    ({ database } = await server.create());
    await server.ask({ database: "postgres" }, `CREATE TABLESPACE small LOCATION '${folder}'`);
    await server.ask({ database: "postgres" }, `ALTER DATABASE "${database}" SET TABLESPACE small`);
    // What is left is less than a few saves take.
    const free = 24 * MEGABYTE - Number(spawnSync("du", ["-sb", folder], { encoding: "utf8" }).stdout.split("\t")[0]);
    writeFileSync(path.join(folder, "ballast"), Buffer.alloc(Math.max(0, free - 2 * MEGABYTE)));
  });
  afterEach(async () => {
    await server.remove();
    spawnSync("umount", [folder]);
    rmSync(folder, { recursive: true, force: true });
  });

  /** A document that does not become smaller by being packed. */
  const bulky = (name: string) => documentNamed(name, messagingWith(1, { noise: randomBytes(150_000).toString("base64") }));

  test("refuses what does not fit, again and again, and loses nothing", async () => {
    const team = await labTeam((account: Account) => server.settings(database, account), "eva");
    const [eva, again] = [await team.open("eva"), await team.open("eva")];
    const { id } = take(await eva.identityStores.create(documentNamed("Contoso"), noteBy("eva")));
    let saved = 1;
    let answer = await eva.identityStores.save(id, bulky("Contoso"), saved, noteBy("eva"), "kept");
    for (; answer.ok && saved < 60; answer = await eva.identityStores.save(id, bulky("Contoso"), saved, noteBy("eva"), "kept")) saved = answer.value.revision;
    expect(saved).toBeGreaterThan(1);
    expect(answer).toEqual(full);
    expect(await eva.identityStores.save(id, bulky("Contoso"), saved, noteBy("eva"), "kept")).toEqual(full);
    expect(await eva.drafts.put(id, draftWith(messagingWith(1, { noise: randomBytes(1_500_000).toString("base64") }), saved))).toEqual(full);
    expect(eva.identityStores.get(id)?.revision).toBe(saved);
    await expect.poll(() => again.identityStores.get(id)?.revision).toBe(saved);
    expect((await eva.identityStores.revisions(id)).map(({ number }) => number)).toEqual(Array.from({ length: saved }, (_none, index) => saved - index));
    expect(eva.team?.state().away).toBeNull();

    rmSync(path.join(folder, "ballast"));
    expect(take(await eva.identityStores.save(id, bulky("Contoso"), saved, noteBy("eva"), "kept"))).toEqual({ revision: saved + 1 });
    await team.remove();
  }, 60_000);
});
