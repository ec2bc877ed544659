import { defineConfig } from "vitest/config";
import { findPostgres } from "./test/lab/find-postgres.ts";
import { OVER_A_TEAM } from "./test/team/files.ts";

/** Tests read sentences of every page, whichever module says them. */
const setupFiles = ["renderer/text/all-texts.ts"];

/** Room for a busy machine, as in the end-to-end tests: nothing that passes waits for it. */
const expect = { poll: { timeout: 30_000 } };

export default defineConfig({
  test: {
    projects: [
      { test: { name: "unit", setupFiles, expect, include: ["test/unit/**/*.test.ts", "test/unit/**/*.test.tsx", "test/architecture/**/*.test.ts"], testTimeout: 60_000 } },
      {
        test: {
          name: "integration",
          expect,
          setupFiles: [...setupFiles, "test/integration/setup.ts"],
          include: ["test/integration/**/*.test.ts"],
          testTimeout: 120_000,
          hookTimeout: 120_000,
          fileParallelism: false,
        },
      },
      {
        test: {
          name: "team",
          expect,
          globalSetup: "test/team/server.ts",
          setupFiles: [...setupFiles, "test/team/setup.ts"],
          // Where there is no PostgreSQL, one file says so.
          include: ["test/team/*.test.ts", ...(findPostgres() === null ? [] : OVER_A_TEAM)],
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
