import { defineConfig } from "vitest/config";

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
    ],
  },
});
