/** What the console works on now, and the ways from there. */
import { makeStyles } from "@fluentui/react-components";
import { useEffect, useRef } from "react";
import { useStore } from "zustand";
import type { Fault } from "../../../../shared/fault.ts";
import type { DataState, TeamPlace } from "../../../../shared/model/team.ts";
import type { TeamData } from "../../../stores/data-state.ts";
import { session } from "../../../stores/session.ts";
import { say } from "../../../text/text.ts";
import { useBoundResult } from "../../../ui/bound-result.ts";
import { CopyButton } from "../../../ui/copy-button.tsx";
import { ErrorBox } from "../../../ui/error-box.tsx";
import { moment } from "../../../ui/moment.ts";
import { useNotify } from "../../../ui/notify.ts";
import { useNow } from "../../../ui/use-now.ts";
import { PageLink } from "../../links/page-link.tsx";
import { Card, Fact, Facts } from "../cards.tsx";
import { Enrolment } from "./enrolment.tsx";
import { KnownPasswords } from "./known-passwords.tsx";
import { Members } from "./members.tsx";
import { RefusedStores } from "./refused-stores.tsx";
import { ForgetButton, UseButton } from "./switching.tsx";
import { placeWords, serverName, teamName } from "./words.ts";

const useStyles = makeStyles({
  text: { margin: "0", maxWidth: "70ch" },
  row: { display: "flex", flexWrap: "wrap", alignItems: "center", gap: "8px 16px" },
});

type SignInBy = TeamData["signInBy"];

function PlaceFacts({ place, signInBy }: { readonly place: TeamPlace; readonly signInBy: SignInBy }) {
  return (
    <>
      <Fact term={say("data.host")}>{serverName(place)}</Fact>
      <Fact term={say("data.database")}>{place.database}</Fact>
      <Fact term={say("data.user")}>
        {place.user}, {say(`data.signs-in-by-${signInBy}`)}
      </Fact>
      <Fact term={say("data.authority")}>{place.authority === null ? say("data.trust-system") : place.authority.name}</Fact>
    </>
  );
}

/** Where the console's own things are, whatever it works on. */
function FolderFacts({ folder }: { readonly folder: string }) {
  const protection = useStore(session, ({ hello }) => hello?.keyProtection ?? "none");
  return (
    <>
      <Fact term={say("settings.data-directory")}>
        <span>{folder}</span>
        <CopyButton text={folder} label={say("ui.copy")} />
      </Fact>
      <Fact term={say("settings.key-protection")}>{say(`settings.protection-${protection}`)}</Fact>
    </>
  );
}

function TeamFacts({ team }: { readonly team: TeamData }) {
  const now = useNow();
  const heard = team.heardAt === 0 ? say("data.never") : moment(team.heardAt, now);
  return (
    <>
      <PlaceFacts place={team.place} signInBy={team.signInBy} />
      <Fact term={say("data.login")}>{team.login}</Fact>
      <Fact term={say("data.role")}>{say(`data.role-${team.role}`)}</Fact>
      {team.role === "administrator" && (
        <Fact term={say("data.role-names")}>
          <span>{say("data.role-names-text", { ...team.roleNames })}</span>
          <CopyButton text={`GRANT "${team.roleNames.operator}" TO "account";`} label={say("data.role-names-copy")} />
        </Fact>
      )}
      <Fact term={say("data.connection")}>
        {team.away === null ? say("data.heard", { heard }) : say("data.away", { heard, since: moment(team.away.since, now) })}
      </Fact>
      {team.keptDrafts > 0 && <Fact term={say("data.unsaved")}>{say("data.kept-drafts", { count: team.keptDrafts })}</Fact>}
    </>
  );
}

/** Says when this console was let in while one looks at the page. */
function useLetIn(data: DataState): void {
  const notify = useNotify();
  const enrolment = data.kind === "team" ? data.enrolment : null;
  const before = useRef(enrolment);
  useEffect(() => {
    if (before.current === "asking" && enrolment === "member") notify({ text: say("data.let-in") });
    before.current = enrolment;
  }, [enrolment, notify]);
}

export function Overview({ data }: { readonly data: DataState }) {
  const styles = useStyles();
  // What kept the console from going over is said as long as it is where it was.
  const fault = useBoundResult<Fault>([data.kind]);
  useLetIn(data);
  const take = (next: Fault | null) => (next === null ? fault.clear() : fault.take(next, [data.kind]));
  const known = data.kind === "file" ? data.known : null;
  return (
    <>
      <KnownPasswords />
      {data.kind === "team" && <RefusedStores refused={data.refused} />}
      <Card title={say("data.now")}>
        <p className={styles.text}>
          <strong>{placeWords(data)}</strong>
        </p>
        <Facts>
          {data.kind === "team" && <TeamFacts team={data} />}
          <FolderFacts folder={data.folder} />
        </Facts>
        {data.kind === "file" && data.fault !== null && <ErrorBox fault={data.fault} />}
        {data.kind === "team" && data.away !== null && <ErrorBox fault={data.away.fault} />}
        {data.kind === "team" && data.role === "none" && <p className={styles.text}>{say("data.no-role")}</p>}
        {data.kind === "team" && (
          <div className={styles.row}>
            <UseButton kind="file" onFault={take} />
            <PageLink to={{ page: "data", part: "team" }}>{say("data.team-change")}</PageLink>
            {data.enrolment === "member" && <PageLink to={{ page: "data", part: "move" }}>{say("data.move-open")}</PageLink>}
          </div>
        )}
        {fault.current !== null && data.kind === "team" && <ErrorBox fault={fault.current} />}
      </Card>
      {data.kind === "team" && <Enrolment team={data} />}
      {data.kind === "team" && data.enrolment === "member" && <Members team={data} />}
      {data.kind === "file" && (
        <Card title={say("data.team")}>
          {known === null ? (
            <>
              <p className={styles.text}>{say("data.team-text")}</p>
              <div className={styles.row}>
                <PageLink to={{ page: "data", part: "team" }}>{say("data.team-open")}</PageLink>
              </div>
            </>
          ) : (
            <>
              <p className={styles.text}>{say("data.known-team-text")}</p>
              <Facts>
                <PlaceFacts place={known.place} signInBy={known.signInBy} />
              </Facts>
              <div className={styles.row}>
                <UseButton kind="team" primary onFault={take} />
                <PageLink to={{ page: "data", part: "team" }}>{say("data.team-change")}</PageLink>
                <PageLink to={{ page: "data", part: "move" }}>{say("data.move-open")}</PageLink>
                <ForgetButton team={teamName(known.place)} />
              </div>
              {fault.current !== null && <ErrorBox fault={fault.current} />}
            </>
          )}
        </Card>
      )}
    </>
  );
}
