/** No test file that opens a store is forgotten, and each that is left out says why. */
import { existsSync, globSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { engineUnderTest } from "../lab/engine-under-test.ts";
import { findPostgres, NEEDS_POSTGRES } from "../lab/find-postgres.ts";
import { IS_OF_TEAMS, LEFT_OUT, OVER_A_TEAM } from "./files.ts";

const root = path.resolve(import.meta.dirname, "../..");
const found = (patterns: readonly string[]) => globSync([...patterns], { cwd: root }).map((file) => file.replaceAll("\\", "/"));

/** Ways to a store, as tests write them. */
const OPENS = /\b(?:layBed|createApp|startApp|openStore|openTeamStore|openReopenable)\(|\b(?:tryOpen|open)\(\{ (?:folder|dataDirectory)/;

test("every test file that opens a store is run over a team's database or left out with a reason", () => {
  const known = new Set([...found([...OVER_A_TEAM, ...IS_OF_TEAMS]), ...Object.keys(LEFT_OUT)]);
  const opening = found(["test/{unit,integration}/**/*.test.ts"]).filter((file) => OPENS.test(readFileSync(path.join(root, file), "utf8")));
  expect(opening.length).toBeGreaterThan(30);
  expect(opening.filter((file) => !known.has(file))).toEqual([]);
});

test("what is named is there, once", () => {
  const run = new Set(found(OVER_A_TEAM));
  for (const pattern of [...OVER_A_TEAM, ...IS_OF_TEAMS]) expect([pattern, found([pattern]).length > 0]).toEqual([pattern, true]);
  expect(Object.keys(LEFT_OUT).filter((file) => !existsSync(path.join(root, file)) || run.has(file))).toEqual([]);
});

// Each run says so.
test.skipIf(engineUnderTest().isTeam).each(Object.entries(LEFT_OUT))("%s is run over a file alone: %s", (file) => {
  expect(found(OVER_A_TEAM)).not.toContain(file);
});

const bin = findPostgres();
test.skipIf(bin === null)(`there is a PostgreSQL to run them over${bin === null ? ` (skipped, and all of them: ${NEEDS_POSTGRES})` : ""}`, () => {
  expect(engineUnderTest().isTeam).toBe(true);
});
