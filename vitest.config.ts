import { defineConfig } from "vitest/config";
import { findPostgres } from "./test/lab/find-postgres.ts";
import { OVER_A_TEAM } from "./test/team/files.ts";

/** Tests read sentences of every page, whichever module says them. */
const setupFiles = ["renderer/text/all-texts.ts"];

export default defineConfig({
  test: {
    projects: [
      { test: { name: "unit", setupFiles, include: ["test/unit/**/*.test.ts", "test/unit/**/*.test.tsx", "test/architecture/**/*.test.ts"], testTimeout: 20_000 } },
      {
        test: {
          name: "integration",
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
          globalSetup: "test/team/server.ts",
          setupFiles: [...setupFiles, "test/team/setup.ts"],
          // Where there is no PostgreSQL, one file says so.
          include: ["test/team/*.test.ts", ...(findPostgres() === null ? [] : OVER_A_TEAM)],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
});
