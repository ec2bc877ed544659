/** A team's database: where it is, how it is signed in to, what it says of this console. */
import { z } from "zod";
import { readTyped } from "../rules/typed-value.ts";
import { faultSchema } from "../fault.ts";

/** What a person may do in a team's database, by the roles of the database itself. `none`: the account is in none of them. */
export const teamRoleSchema = z.enum(["none", "reader", "operator", "administrator"]);
export type TeamRole = z.infer<typeof teamRoleSchema>;

/** Certificate authorities that the server's certificate is measured against; null for those of the system. PEM: public. */
export const teamAuthoritySchema = z.object({ name: z.string().max(255), pem: z.string().max(200_000) });

/** Where a team's database is. The connection is always over TLS, and the server's certificate is always verified in full. */
export const teamPlaceSchema = z.object({
  host: z.string().overwrite((text) => readTyped(text, "dns-name")).min(1).max(255),
  port: z.number().int().min(1).max(65_535),
  database: z.string().overwrite((text) => readTyped(text, "line")).min(1).max(63),
  /** The account, a role of PostgreSQL. */
  user: z.string().overwrite((text) => readTyped(text, "line")).min(1).max(63),
  authority: teamAuthoritySchema.nullable(),
});
export type TeamPlace = z.infer<typeof teamPlaceSchema>;

/** What signs in. A client certificate is a held PFX or P12 file. Null keeps what is stored for this place. */
export const teamSignInSchema = z.discriminatedUnion("by", [
  z.object({ by: z.literal("password"), password: z.string().max(1024).nullable() }),
  z.object({ by: z.literal("certificate"), file: z.string().nullable(), filePassword: z.string().max(1024).nullable() }),
]);
export type TeamSignIn = z.infer<typeof teamSignInSchema>;

/** What is in a database: nothing, a team's configuration that this version reads, an older or a newer one, or what is somebody else's. */
export const teamContentSchema = z.enum(["empty", "team", "older", "newer", "foreign"]);
export type TeamContent = z.infer<typeof teamContentSchema>;

/** What a test found. */
export const teamFoundSchema = z.object({
  content: teamContentSchema,
  role: teamRoleSchema,
  /** Whether the account may set a team up here: make tables, and roles. */
  maySetUp: z.boolean(),
  /** The server's version, as it says it itself. */
  version: z.string(),
});
export type TeamFound = z.infer<typeof teamFoundSchema>;

/** `asking`: waits to be let in by somebody who is. */
export const enrolmentSchema = z.enum(["none", "asking", "member"]);

export const teamMemberSchema = z.object({
  id: z.string(),
  /** `EXAMPLE\eva on PC-17, desktop`: said by the console itself, not proven. */
  label: z.string(),
  /** Milliseconds since 1970. */
  since: z.number(),
  /** The one on paper, that nobody sits at. */
  isRecovery: z.boolean(),
  isThisConsole: z.boolean(),
});
export type TeamMember = z.infer<typeof teamMemberSchema>;

/** Without the code that stands on its screen: who saw it here would not ask for it. */
export const teamRequestSchema = z.object({ member: z.string(), label: z.string(), at: z.number() });
export type TeamRequest = z.infer<typeof teamRequestSchema>;

/** What the console works on, as it is now. */
const dataStates = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("file"),
    folder: z.string(),
    /** The team that this console set up or asked to join; null where there is none, or what is kept of it does not open now. */
    known: z.object({ place: teamPlaceSchema, signInBy: z.enum(["password", "certificate"]) }).nullable(),
    /** Why the console works on the file although it was told to work on the team's database; null where that is not so. */
    fault: faultSchema.nullable(),
  }),
  z.object({
    kind: z.literal("team"),
    folder: z.string(),
    place: teamPlaceSchema,
    signInBy: z.enum(["password", "certificate"]),
    /** Who the database says this is. */
    login: z.string(),
    role: teamRoleSchema,
    /** How the roles are called in this database: `GRANT "<name>" TO account` lets an account in. */
    roleNames: z.object({ reader: z.string(), operator: z.string(), administrator: z.string() }),
    /** Since when the database cannot be worked on, milliseconds since 1970, and why; null while it can. */
    away: z.object({ since: z.number(), fault: faultSchema }).nullable(),
    /** When it was last heard, milliseconds since 1970; 0 where this console knows nothing of it. */
    heardAt: z.number(),
    /** Drafts that wait on this computer until it is back. */
    keptDrafts: z.number(),
    enrolment: enrolmentSchema,
    /** The code to compare while this console asks. */
    code: z.string().nullable(),
    members: z.array(teamMemberSchema),
    requests: z.array(teamRequestSchema),
    /** Identity stores that are not what an enrolled console saved, and are not used. `name`: what it was last known as; null when it never was. */
    refused: z.array(z.object({ id: z.string(), name: z.string().nullable(), fault: faultSchema })),
  }),
]);
export type DataState = z.infer<typeof dataStates>;
type DataStates = typeof dataStates;
/** A name for the type, which TypeScript would else spell out wherever the contract is. */
export interface DataStateSchema extends DataStates {}
export const dataStateSchema: DataStateSchema = dataStates;

/** What moving everything would do, by identity store. */
export const moveComparisonSchema = z.object({
  stores: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      revisions: z.number(),
      /** `taken`: another store there has the name. */
      there: z.enum(["absent", "same", "differs", "taken"]),
    }),
  ),
  /** Stores that are there alone: they stay. */
  onlyThere: z.number(),
});
export type MoveComparison = z.infer<typeof moveComparisonSchema>;

export const moveReportSchema = z.object({
  moved: z.number(),
  same: z.number(),
  revisions: z.number(),
  /** Secrets sealed anew. */
  secrets: z.number(),
  /** Those that could not be opened here: the store's name, and what the secret is for. */
  unreadable: z.array(z.object({ store: z.string(), secret: z.string() })),
});
export type MoveReport = z.infer<typeof moveReportSchema>;
