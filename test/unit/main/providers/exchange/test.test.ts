/** Test connection: what a person is told when it has ended, and that nothing stays open then. */
import { expect, it } from "vitest";
import type { DirectorySession } from "../../../../../main/directory/types.ts";
import { connectionTest } from "../../../../../main/providers/exchange/test.ts";
import type { Progress } from "../../../../../shared/contract/progress.ts";
import { fail, succeed, type Result } from "../../../../../shared/fault.ts";
import { onlySearches } from "../../../../lab/only-searches.ts";
import { contextAsking } from "../support.ts";

const configuration = { variant: "2013", domain: "contoso.lab", username: "svc", authentication: "kerberos" } as const;
const refused: Result<never> = fail({ kind: "forbidden", needs: ["read-directory"] });
const named = (name: string) => ({ dn: `CN=${name}`, attributes: { cn: [name], serialnumber: ["Version 15.0 (Build 31497.2)"], msexchcurrentserverroles: ["54"] } });

/** A test in a directory that lists `servers`, of which none has a name that leads anywhere; null where the search is refused. */
async function run(servers: number | null) {
  const { context, asked } = contextAsking();
  const events: Progress[] = [];
  let open = 0;
  const session: DirectorySession = {
    host: "dc1.contoso.lab",
    rootDse: { configurationnamingcontext: ["CN=Configuration,DC=contoso,DC=lab"] },
    // eslint-disable-next-line @typescript-eslint/require-await -- a stream like a controller's, without one
    async *search() {
      if (servers === null) return refused;
      yield Array.from({ length: servers }, (_, index) => named(`EX${index}`));
      return succeed(true as const);
    },
    ...onlySearches,
    close: () => {
      open -= 1;
      return Promise.resolve();
    },
  };
  const directory = {
    open: () => {
      open += 1;
      return Promise.resolve(succeed(session));
    },
  };
  const secrets = { ...context.secrets, text: () => Promise.resolve(succeed("password")) };
  const result = await connectionTest.run(configuration, { ...context, secrets, directory, progress: (event) => events.push(event) });
  return { result, asked, events, open };
}

it("fails with a server's own reason where none answers, and says how many did", async () => {
  const { result, events } = await run(3);
  expect(result).toMatchObject({ ok: false, fault: { kind: "unreachable", rung: "dns", reason: "name-not-found" } });
  expect(events.at(-1)).toMatchObject({ step: "servers-answering", done: 0, total: 3 });
});

it("asks no more servers than it takes to know that they answer", async () => {
  const { asked, events } = await run(1_000);
  expect(new Set(asked).size).toBe(32);
  expect(events.at(-1)).toMatchObject({ total: 32 });
});

it("leaves no session with the directory, whatever came of it", async () => {
  expect((await run(1)).open).toBe(0);
  const { result, open } = await run(null);
  expect(result).toEqual(refused);
  expect(open).toBe(0);
});
