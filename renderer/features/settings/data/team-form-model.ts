/** The form for a team's database: what is typed, what is wrong with it, and what it asks for. */
import type { HeldFile } from "../../../../shared/contract/files.ts";
import type { TeamPlace, TeamSignIn } from "../../../../shared/model/team.ts";
import { hostIssue } from "../../../../shared/rules/connection.ts";
import { parseHost } from "../../../../shared/rules/host-name.ts";
import { readTyped } from "../../../../shared/rules/typed-value.ts";
import { explainIssue } from "../../../text/fault.ts";
import { say } from "../../../text/text.ts";
import type { Input } from "../../../ui/bound-result.ts";

/** The team that the console works on or could work on. */
export interface KnownTeam {
  readonly place: TeamPlace;
  readonly signInBy: TeamSignIn["by"];
}

export interface TeamForm {
  readonly host: string;
  readonly port: string;
  readonly database: string;
  readonly user: string;
  readonly signInBy: TeamSignIn["by"];
  /** Empty where none was typed: then the one that is stored for this place is used. */
  readonly password: string;
  readonly file: HeldFile | null;
  readonly filePassword: string;
  readonly authorityFrom: "system" | "file";
  readonly authorityName: string;
  readonly authorityPem: string;
}

/** Fields that may be refused, in the order in which they stand: the first with a problem gets the focus. */
export const FIELD_ORDER = ["host", "port", "database", "user", "password", "file", "filePassword", "authorityName"] as const;
export type TeamField = (typeof FIELD_ORDER)[number];
export type TeamProblems = Partial<Record<TeamField, string>>;

export const emptyTeamForm: TeamForm = {
  host: "",
  port: "5432",
  database: "",
  user: "",
  signInBy: "password",
  password: "",
  file: null,
  filePassword: "",
  authorityFrom: "system",
  authorityName: "",
  authorityPem: "",
};

/** The form for the team that the console knows: to change where its database is, or what signs in. */
export function formOf({ place, signInBy }: KnownTeam): TeamForm {
  const { host, port, database, user, authority } = place;
  const trust = authority === null ? {} : ({ authorityFrom: "file", authorityName: authority.name, authorityPem: authority.pem } as const);
  return { ...emptyTeamForm, host, port: String(port), database, user, signInBy, ...trust };
}

const MOST_PORT = 65_535;

function hostProblem(typed: string): string | null {
  const reading = parseHost(typed);
  if (!reading.ok) return explainIssue(hostIssue([], reading));
  return reading.value.port === null ? null : say("issues.host-port-unwanted");
}

function portProblem(typed: string): string | null {
  const port = typed.trim();
  const isPort = /^\d{1,5}$/.test(port) && Number(port) >= 1 && Number(port) <= MOST_PORT;
  return isPort ? null : say("issues.host-port", { port: port === "" ? say("changes.empty") : port });
}

const required = (typed: string) => (readTyped(typed, "line") === "" ? say("issues.required") : null);

/** What is wrong with what was typed, field by field. Knows nothing that needs a network. */
export function problemsOf(form: TeamForm): TeamProblems {
  const found: Record<string, string | null> = {
    host: hostProblem(form.host),
    port: portProblem(form.port),
    database: required(form.database),
    user: required(form.user),
    authorityName: form.authorityFrom === "file" && form.authorityPem === "" ? say("identity-stores.problem-authority") : null,
  };
  return Object.fromEntries(Object.entries(found).filter(([, problem]) => problem !== null));
}

/** What the form asks for. Call it on a form without problems. */
export function requestOf(form: TeamForm): { place: TeamPlace; signIn: TeamSignIn } {
  const host = parseHost(form.host);
  const place: TeamPlace = {
    host: host.ok ? host.value.host : "",
    port: Number(form.port),
    database: readTyped(form.database, "line"),
    user: readTyped(form.user, "line"),
    authority: form.authorityFrom === "file" ? { name: form.authorityName, pem: form.authorityPem } : null,
  };
  if (form.signInBy === "password") return { place, signIn: { by: "password", password: form.password === "" ? null : form.password } };
  const filePassword = form.filePassword === "" ? null : form.filePassword;
  return { place, signIn: { by: "certificate", file: form.file?.file ?? null, filePassword } };
}

/** What a result is of. Passwords are counted, by `edition`, and not kept with it. */
export function inputOf(form: TeamForm, edition: number): Input {
  const authority = form.authorityFrom === "file" ? form.authorityPem : null;
  return [form.host, form.port, form.database, form.user, form.signInBy, form.file?.file ?? null, authority, edition];
}
