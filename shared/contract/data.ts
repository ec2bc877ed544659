/** What the console works on: a file on this computer, or a team's database. */
import { oc } from "@orpc/contract";
import { z } from "zod";
import { resultSchema } from "../fault.ts";
import { dataStateSchema, moveComparisonSchema, moveReportSchema, teamFoundSchema, teamPlaceSchema, teamSignInSchema } from "../model/team.ts";
import { feed } from "./feed.ts";
import { work } from "./progress.ts";

const team = z.object({ place: teamPlaceSchema, signIn: teamSignInSchema });
/** The console works on something else from now on: every page is sent anew. */
const reopened = z.null();

export const dataContract = {
  /** One entry, under the key `data`. */
  watch: oc.output(feed(dataStateSchema)),
  /** Climbs to a team's database, rung by rung: `dns`, `tcp`, `tls`, `sign-in`, `database-rights`, `database-version`. */
  test: oc.input(team).output(work(teamFoundSchema)),
  /** Sets a team up in an empty database. `recoveryKey` is shown once: it is on paper or nowhere. The console goes on working on what it works on. */
  setUp: oc.input(team).output(work(z.object({ recoveryKey: z.string() }))),
  /**
   * Asks to be let into a team; the answer is the code to compare, null where this console is in it already and only what signs in was
   * changed. The console works on the team's database from then on.
   */
  join: oc.input(team).output(work(z.object({ code: z.string().nullable() }))),
  /** Lets this console in with the recovery key on paper. */
  recover: oc.input(z.object({ recoveryKey: z.string().max(200) })).output(resultSchema(z.null())),
  /** Works on the team's database that this console belongs to, or on the file. */
  use: oc.input(z.object({ kind: z.enum(["file", "team"]) })).output(resultSchema(reopened)),
  /** Forgets the team: its address, the sign-in, and this console's keys. Only while the file is used. */
  forget: oc.output(resultSchema(z.null())),
  /** Compares what `from` has with what is in the other one. */
  compare: oc.input(z.object({ from: z.enum(["file", "team"]) })).output(resultSchema(moveComparisonSchema)),
  /** Moves everything of `from` into the other one; what is there and differs is left as it is, and counted in nothing. */
  move: oc.input(z.object({ from: z.enum(["file", "team"]) })).output(work(moveReportSchema)),
  members: {
    /** `code` is what both people compared. */
    approve: oc.input(z.object({ member: z.string(), code: z.string().max(40) })).output(resultSchema(z.null())),
    /** Takes a console out. Answers whose passwords it knew: they are to be changed. */
    remove: oc.input(z.object({ member: z.string() })).output(resultSchema(z.object({ known: z.array(z.object({ store: z.string(), secret: z.string() })) }))),
  },
};
