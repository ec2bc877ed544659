import { expect, test } from "vitest";
import type { RungResult } from "../../../../shared/model/mail-server.ts";
import { withRung } from "../../../../shared/rules/ladder.ts";

const rung = (name: RungResult["rung"], answer: string): RungResult => ({ rung: name, ms: 1, outcome: { state: "passed", answer } });

test("a further controller's rungs take the place of those before", () => {
  const climbed = [rung("dns", "dc1"), rung("tcp", "dc1"), rung("dns", "dc2"), rung("tcp", "dc2"), rung("tls", "dc2")];
  const shown = climbed.reduce<readonly RungResult[]>(withRung, []);
  expect(shown.map(({ rung: name, outcome }) => [name, outcome.state === "passed" && outcome.answer])).toEqual([
    ["dns", "dc2"],
    ["tcp", "dc2"],
    ["tls", "dc2"],
  ]);
});
