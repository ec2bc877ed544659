/** The way into a team: testing its database, setting one up, asking to be let in. */
import { fail, succeed, type Fault } from "../../../shared/fault.ts";
import type { Clock, Logger } from "../../ports.ts";
import { consoleOf, makeConsoleKeys, makePaper, memberOf } from "./console.ts";
import { askToJoin, foundTeam, STRANGER } from "./membership.ts";
import type { Remembered } from "./roster.ts";
import type { TeamAtHome, TeamEntrance, TeamHome, TeamSettings } from "./types.ts";

export interface EntranceDependencies {
  readonly home: TeamHome;
  readonly clock: Clock;
  readonly logger: Logger;
}

function isSameDatabase({ place: one }: TeamSettings, { place: other }: TeamSettings): boolean {
  return one.host === other.host && one.port === other.port && one.database === other.database;
}

function isAnotherTeam(fault: Fault): boolean {
  return fault.kind === "roster-refused" && fault.why === "another-team";
}

export function createTeamEntrance({ home, clock }: EntranceDependencies): TeamEntrance {
  const test: TeamEntrance["test"] = async (settings, options) => {
    const { climbToTeam } = await import("../postgres/ladder.ts");
    return climbToTeam(settings, { ...options, clock });
  };

  const known = fail({ kind: "unsupported", why: "team-known" });

  return {
    home,
    test,
    setUp: async (settings, label, options) => {
      const earlier = home.read();
      if (!earlier.ok) return earlier;
      // What was begun and never founded is nobody's way into a team.
      if (earlier.value !== null && earlier.value.remembered.root !== null) return known;
      const found = await test(settings, options);
      if (!found.ok) return found;
      if (found.value.content !== "empty") return fail({ kind: "unsupported", why: "database-not-empty" });
      const [console, paper] = [makeConsoleKeys(label), makePaper()];
      const at = (remembered: Remembered): TeamAtHome => ({ settings, console, remembered, newest: {}, inUse: false });
      // Keys that were lost would leave a team that nobody gets into: they are kept before anything is made.
      const kept = await home.change(() => at(STRANGER));
      if (!kept.ok) return kept;
      const { setUpSchema } = await import("../postgres/setup.ts");
      const founded = await setUpSchema(settings, () => foundTeam(consoleOf(console), memberOf(paper.console), clock.now()));
      // Where nobody knows whether it was founded the keys stay: whoever asks to join with them is in, if it was.
      if (!founded.ok) return founded;
      const written = await home.change(() => at(founded.value));
      return written.ok ? succeed({ recoveryKey: paper.text }) : written;
    },
    join: async (settings, label, options) => {
      const earlier = home.read();
      if (!earlier.ok) return earlier;
      // Who asks again is the same console, and the team is known by its roster: its database may have moved to another server.
      const before = earlier.value;
      const found = await test(settings, options);
      if (!found.ok) return found;
      const [{ inTeamDatabase }, { refusalOf }] = await Promise.all([import("../postgres/setup.ts"), import("../postgres/content.ts")]);
      const refusal = refusalOf(found.value.content, found.value.role);
      if (refusal !== null) return fail(refusal);
      const console = before === null ? makeConsoleKeys(label) : { ...before.console, label };
      const asked = await inTeamDatabase(settings, () => askToJoin(consoleOf(console), before?.remembered ?? STRANGER, clock.now()));
      if (!asked.ok) return before !== null && isAnotherTeam(asked.fault) && !isSameDatabase(before.settings, settings) ? known : asked;
      const { code, remembered } = asked.value;
      // What is remembered of a team meanwhile stays: it may be more than what was read here.
      const written = await home.change((kept) =>
        kept?.remembered.root === remembered.root ? { ...kept, settings, console } : { settings, console, remembered, newest: {}, inUse: false },
      );
      return written.ok ? succeed({ code }) : written;
    },
  };
}
