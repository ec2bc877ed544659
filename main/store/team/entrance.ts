/** The way into a team: testing its database, setting one up, asking to be let in. */
import { fail, succeed, type Result } from "../../../shared/fault.ts";
import type { Clock, Logger } from "../../ports.ts";
import { consoleOf, makeConsoleKeys, makePaper, memberOf } from "./console.ts";
import { askToJoin, foundTeam } from "./membership.ts";
import type { TeamAtHome, TeamEntrance, TeamHome, TeamSettings } from "./types.ts";

export interface EntranceDependencies {
  readonly home: TeamHome;
  readonly clock: Clock;
  readonly logger: Logger;
}

const NOTHING: TeamAtHome["remembered"] = { root: null, head: { seq: 0, hash: "" } };

function isSameDatabase({ place: one }: TeamSettings, { place: other }: TeamSettings): boolean {
  return one.host === other.host && one.port === other.port && one.database === other.database;
}

export function createTeamEntrance({ home, clock }: EntranceDependencies): TeamEntrance {
  const test: TeamEntrance["test"] = async (settings, options) => {
    const { climbToTeam } = await import("../postgres/ladder.ts");
    return climbToTeam(settings, { ...options, clock });
  };

  /** What is kept of a team now. A console leaves no team that it works on for another one. */
  const before = (): Result<TeamAtHome | null> => {
    const kept = home.read();
    return kept.ok && kept.value?.inUse === true ? fail({ kind: "unsupported", why: "team-in-use" }) : kept;
  };

  return {
    home,
    test,
    setUp: async (settings, label, options) => {
      const earlier = before();
      if (!earlier.ok) return earlier;
      const found = await test(settings, options);
      if (!found.ok) return found;
      if (found.value.content !== "empty") return fail({ kind: "unsupported", why: "database-not-empty" });
      const [console, paper] = [makeConsoleKeys(label), makePaper()];
      // Keys that were lost would leave a team that nobody gets into: they are kept before anything is made.
      const kept = await home.write({ settings, console, remembered: NOTHING, newest: {}, inUse: false });
      if (!kept.ok) return kept;
      const { setUpSchema } = await import("../postgres/setup.ts");
      const founded = await setUpSchema(settings, () => foundTeam(consoleOf(console), memberOf(paper.console), clock.now()));
      const written = await home.write(founded.ok ? { settings, console, remembered: founded.value, newest: {}, inUse: false } : earlier.value);
      if (!founded.ok) return founded;
      return written.ok ? succeed({ recoveryKey: paper.text }) : written;
    },
    join: async (settings, label, options) => {
      const earlier = before();
      if (!earlier.ok) return earlier;
      const found = await test(settings, options);
      if (!found.ok) return found;
      // Who asks again at the same database is the same console.
      const known = earlier.value !== null && isSameDatabase(earlier.value.settings, settings) ? earlier.value : null;
      const console = known === null ? makeConsoleKeys(label) : { ...known.console, label };
      const { inTeamDatabase } = await import("../postgres/setup.ts");
      const asked = await inTeamDatabase(settings, () => askToJoin(consoleOf(console), clock.now()));
      if (!asked.ok) return asked;
      const { code, remembered } = asked.value;
      const newest = known?.remembered.root === remembered.root ? (known?.newest ?? {}) : {};
      const written = await home.write({ settings, console, remembered, newest, inUse: false });
      return written.ok ? succeed({ code }) : written;
    },
  };
}
