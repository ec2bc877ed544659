/** A team's life on the command line alone, as on a Server Core: real programs, a real PostgreSQL, real TLS. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { findPostgres, startPostgres, type Account, type PostgresServer } from "../../lab/postgres-server.ts";
import { finish, type Finished } from "./processes.ts";

const bin = findPostgres();
const SECRET = "Planted-Pa55word";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), "mc-team-verbs-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

type Who = "eva" | "bob";
const run = (who: Who, args: readonly string[], stdin = ""): Promise<Finished> => finish("out/main/command-line.js", [...args, "--data", path.join(folder, who)], stdin);

/** What a verb that must succeed printed as JSON. */
async function json(who: Who, args: readonly string[], stdin = ""): Promise<unknown> {
  const { code, stdout, stderr } = await run(who, [...args, "--json"], stdin);
  if (code !== 0) throw new Error(`${args.join(" ")} ended with ${String(code)}: ${stderr}`);
  return JSON.parse(stdout);
}

describe.runIf(bin !== null)("a team on the command line", () => {
  let server: PostgresServer;
  let database: string;
  beforeAll(async () => {
    server = await startPostgres(bin ?? "");
    database = await server.createEmpty();
  });
  afterAll(() => server.remove());

  function address(account: Account): { readonly args: readonly string[]; readonly password: string } {
    const { place, signIn } = server.settings(database, account);
    const authority = path.join(folder, "authority.pem");
    writeFileSync(authority, place.authority?.pem ?? "");
    const args = ["--host", place.host, "--port", String(place.port), "--database", place.database, "--account", place.user, "--authority", authority];
    return { args, password: signIn.by === "password" ? signIn.password : "" };
  }

  test("begins in an empty database, takes what was on the computer, lets a second console in and takes it out", { timeout: 120_000 }, async () => {
    const { args, password } = address("owner");
    const document = path.join(folder, "hq.json");
    const connection = { kind: "active-directory", domain: "contoso.example", domainControllers: [], dnsServer: null, username: "svc@contoso.example", security: "ldaps", trust: { mode: "system" } };
    writeFileSync(document, JSON.stringify({ name: "Contoso HQ", connection, messaging: { provider: "none" } }));
    await json("eva", ["stores", "add", document, "--secrets"], `directory.password=${SECRET}`);
    expect(await json("eva", ["data", "where"])).toMatchObject({ kind: "file" });

    expect(await json("eva", ["data", "test", ...args], password)).toMatchObject({ content: "empty", maySetUp: true });
    const wrong = await run("eva", ["data", "test", ...args], "not the password");
    expect([wrong.code, wrong.stdout]).toEqual([6, expect.stringMatching(/Sign-in +failed account or password wrong\nRights in the database +not tried/)]);
    expect(wrong.stderr).toContain("does not let this account in");

    expect(await json("eva", ["data", "set-up", ...args], password)).toEqual({ recoveryKey: expect.stringMatching(/^(?:[A-Z2-7]{4}-?)+$/) });
    // Once it is stored, nobody has to type it again for this place.
    expect(await json("eva", ["data", "test", ...args])).toMatchObject({ content: "team", role: "administrator" });
    expect(await json("eva", ["data", "move", "--from", "file"])).toMatchObject({ stores: [{ name: "Contoso HQ", revisions: 1, there: "absent" }], onlyThere: 0 });
    expect(await json("eva", ["data", "move", "--from", "file", "--yes"])).toEqual({ moved: 1, same: 0, revisions: 1, secrets: 1, unreadable: [] });
    await json("eva", ["data", "use", "team"]);
    expect(await json("eva", ["data", "where"])).toMatchObject({ kind: "team", role: "administrator", enrolment: "member", away: null });
    expect(await json("eva", ["stores"])).toMatchObject([{ name: "Contoso HQ" }]);

    // Of the three roles bob gets the one that may save.
    const { roleNames } = Object(await json("eva", ["data", "where"]));
    await server.ask({ database }, `GRANT "${roleNames.operator}" TO nobody`);
    const own = address("nobody");
    const { code } = Object(await json("bob", ["data", "join", ...own.args], own.password));
    const { requests } = Object(await json("eva", ["members"]));
    const id = String(requests[0].member);
    expect((await run("eva", ["members", "approve", id.slice(0, 8), "AAAAA-AAAAA"])).code).toBe(6);
    await json("eva", ["members", "approve", id.slice(0, 8), String(code).toLowerCase()]);
    expect(await json("bob", ["data", "where"])).toMatchObject({ enrolment: "member", role: "operator", login: "nobody" });
    writeFileSync(document, JSON.stringify({ name: "Branch", connection, messaging: { provider: "none" } }));
    await json("bob", ["stores", "add", document, "--no-secrets"]);
    // Whoever the system says that this is, the database knows who signed in.
    expect(await json("eva", ["stores", "history", "Branch"])).toMatchObject([{ number: 1, who: "nobody" }]);
    expect((await run("bob", ["members", "remove", id, "--yes"])).code).not.toBe(0);
    // What eva sealed opens for bob: it moves into the file of his computer.
    expect(await json("bob", ["data", "move", "--from", "team", "--yes"])).toMatchObject({ moved: 2, secrets: 1, unreadable: [] });

    // An account whose password was changed signs in no more, until this console is told the new one.
    await server.ask({ database }, "ALTER ROLE nobody PASSWORD 'another-one'");
    const shut = await run("bob", ["data", "where"]);
    expect([shut.code, shut.stdout]).toEqual([6, expect.stringMatching(/Away why +The database server does not let this account in/)]);
    expect(await json("bob", ["data", "join", ...own.args], "another-one")).toEqual({ code: null });
    expect(await json("bob", ["data", "where"])).toMatchObject({ enrolment: "member", away: null });

    expect((await run("eva", ["members", "remove", id])).code).toBe(2);
    const removed = await run("eva", ["members", "remove", id, "--yes"]);
    expect([removed.code, removed.stdout]).toEqual([0, expect.stringContaining("Contoso HQ: directory-password")]);
    expect(await json("bob", ["data", "where"])).toMatchObject({ enrolment: "none" });

    await json("eva", ["data", "use", "file"]);
    expect((await run("eva", ["data", "forget"])).code).toBe(2);
    await json("eva", ["data", "forget", "--yes"]);
    expect((await run("eva", ["data", "use", "team"])).code).toBe(3);
  });

  test("ends with the code of what is unreachable while the database is away, and shows what was last known", { timeout: 60_000 }, async () => {
    await server.stop();
    const { code, stdout } = await run("bob", ["data", "where", "--json"]);
    expect([code, JSON.parse(stdout)]).toEqual([4, expect.objectContaining({ kind: "team", away: { since: expect.any(Number), fault: expect.objectContaining({ kind: "unreachable" }) } })]);
    expect(JSON.parse((await run("bob", ["stores", "--json"])).stdout)).toMatchObject([{ name: "Branch" }, { name: "Contoso HQ" }]);
    await server.start();
  });
});
