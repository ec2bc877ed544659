/** Puts a team's database under the tests of a file, and removes it after them. */
import { afterAll, inject } from "vitest";
import { standOn } from "../lab/engine-under-test.ts";
import { createTeamEngine } from "../lab/team-engine.ts";

const template = inject("teamTemplate");

if (template !== null) {
  const engine = createTeamEngine(template);
  standOn(engine);
  // Registered first, so that it comes last.
  afterAll(() => engine.remove(), 120_000);
}
