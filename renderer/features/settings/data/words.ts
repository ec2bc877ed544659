/** Places where data is kept, in words. */
import type { DataState, TeamMember, TeamPlace } from "../../../../shared/model/team.ts";
import { formatHost } from "../../../../shared/rules/host-name.ts";
import { changeLabel } from "../../../text/change.ts";
import { fieldWords, providerName } from "../../../text/provider.ts";
import { say } from "../../../text/text.ts";

/** PostgreSQL's own port goes without saying. */
const USUAL_PORT = 5432;

/** `db.contoso.lab`, or `db.contoso.lab:6432`. */
export function serverName({ host, port }: TeamPlace): string {
  return formatHost({ host, port: port === USUAL_PORT ? null : port });
}

/** `messaging on db.contoso.lab`. */
export function teamName(place: TeamPlace): string {
  return say("data.team-name", { database: place.database, server: serverName(place) });
}

/** What the console works on, in a few words. */
export function placeWords(data: DataState): string {
  return data.kind === "file" ? say("data.on-this-computer") : say("data.on-team", { team: teamName(data.place) });
}

/** A secret by what the vault has it for: `messaging/exchange/password` or `directory-password`, whose field it is and how that is called. */
export function secretName(purpose: string): string {
  const [kind, provider, field] = purpose.split("/");
  if (kind !== "messaging" || provider === undefined || field === undefined) return `${say("identity-stores.directory-title")}: ${changeLabel({ key: `secrets.${purpose}`, provider: null })}`;
  return `${providerName(provider)}: ${fieldWords(provider, field).label}`;
}

/** The other one of the two places. */
export function otherKind(kind: DataState["kind"]): DataState["kind"] {
  return kind === "file" ? "team" : "file";
}

/** What a console calls itself; the one on paper has no name of its own. */
export function memberName({ isRecovery, label }: TeamMember): string {
  return isRecovery ? say("data.recovery-member") : label;
}
