/** A whole app on a team's database: what it works on when the database is there, away, or no more one to work on. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createApp, type App } from "../../../main/app.ts";
import { openReopenable } from "../../../main/hosts/shared/reopening.ts";
import { succeed } from "../../../shared/fault.ts";
import { recordingLogger } from "../../lab/loggers.ts";
import { findPostgres, startPostgres, type PostgresServer } from "../../lab/postgres-server.ts";
import { portsWith } from "../../lab/ports.ts";
import { found, newConsole, type LabConsole } from "../../lab/team.ts";
import { take } from "../../unit/main/store/support.ts";

const bin = findPostgres();

describe.runIf(bin !== null)("an app in a team", () => {
  let server: PostgresServer;
  let database: string;
  let console: LabConsole;
  let apps: App[] = [];
  beforeAll(async () => {
    server = await startPostgres(bin ?? "");
  });
  afterAll(() => server.remove());
  beforeEach(async () => {
    ({ database } = await server.create());
    console = await newConsole();
    await found(console, server.settings(database, "eva"));
  });
  afterEach(async () => {
    for (const app of apps) await app.dispose();
    apps = [];
    await console.remove();
  });

  async function open(): Promise<App> {
    const app = take(await createApp(portsWith(console.folder, { user: "CONTOSO\\eva.admin" })));
    apps.push(app);
    return app;
  }
  const state = ({ services }: App) => services.data.feed.get("data");

  test("saves under the name that signed in to the database", async () => {
    const { services } = await open();
    const connection = { kind: "entra-id", cloud: "worldwide", tenant: "contoso.lab" } as const;
    const { id } = take(await services.stores.create("Contoso", connection, null));
    expect(take(await services.stores.revisions(id, { before: null, most: 10, words: [] })).revisions).toMatchObject([{ who: "eva" }]);
    expect(services.hello().user).toBe("eva");
  });

  test("opens from what it knows while the database is away, and from nothing where it knows nothing", async () => {
    await server.stop();
    try {
      const app = await open();
      expect(state(app)).toMatchObject({ kind: "team", away: { since: expect.any(Number), fault: { kind: "unreachable" } }, heardAt: 0 });
    } finally {
      await server.start();
    }
  });

  test("says that it is its account that the database lets in no more, and works again with what it is told instead", async () => {
    const { place, signIn } = server.settings(database, "eva");
    const setPassword = (password: string) => server.ask({ database }, `ALTER ROLE eva PASSWORD '${password}'`);
    await setPassword("another-one");
    try {
      const app = await open();
      expect(state(app)).toMatchObject({ kind: "team", away: { fault: { kind: "sign-in", reason: "database-account" } } });
      const options = { signal: new AbortController().signal, progress: () => undefined };
      expect(take(await app.services.data.join(place, { by: "password", password: "another-one" }, options))).toEqual({ code: null });
      await apps.pop()?.dispose();
      expect(state(await open())).toMatchObject({ kind: "team", away: null, enrolment: "member" });
    } finally {
      await setPassword(signIn.by === "password" ? signIn.password : "");
    }
  });

  test.each([
    ["has been emptied", "DROP SCHEMA messaging_console CASCADE", { kind: "not-found", what: "team" }],
    ["is of a newer version", "UPDATE messaging_console.schema_version SET number = 99", { kind: "unreadable", what: "database-newer" }],
  ])("works on the file and says why where the database %s, so that there is a way back", async (_what, sql, fault) => {
    await server.ask({ database }, sql);
    const app = await open();
    expect(state(app)).toMatchObject({ kind: "file", known: { place: { database } }, fault });
    expect(take(await app.services.data.use("file"))).toBeNull();
    expect(state(await open())).toMatchObject({ kind: "file", fault: null });
  });

  test("is opened anew behind its pages, and again after an error that nobody thought of", async () => {
    const logger = recordingLogger();
    const given = portsWith(console.folder, { logger });
    let errors = 0;
    const ports = {
      ...given,
      get user() {
        if (errors === 0) return given.user;
        errors -= 1;
        throw new Error("nobody thought of it");
      },
    };
    const seen: string[] = [];
    const opened = take(await openReopenable(ports, { closing: () => seen.push("closing"), opened: (app) => seen.push(state(app)?.kind ?? "nothing") }));
    expect(state(opened.app)?.kind).toBe("team");
    errors = 1;
    expect(await opened.app.services.data.use("file")).toEqual(succeed(null));
    await expect.poll(() => seen).toEqual(["closing", "file"]);
    expect(logger.lines.filter((line) => line.includes("could not be opened anew"))).toHaveLength(1);
    await opened.dispose();
  });
});
