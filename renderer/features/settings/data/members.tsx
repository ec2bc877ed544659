/** The consoles of a team, and those that ask to be let in. */
import { Badge, Button, makeStyles, tokens } from "@fluentui/react-components";
import { useState } from "react";
import type { TeamMember, TeamRequest } from "../../../../shared/model/team.ts";
import type { TeamData } from "../../../stores/data-state.ts";
import { formatDate } from "../../../text/format.ts";
import { say } from "../../../text/text.ts";
import { useAnnounced } from "../../../ui/announce.ts";
import { DataCell, DataRow, DataTable } from "../../../ui/data-table.tsx";
import { moment } from "../../../ui/moment.ts";
import { useNow } from "../../../ui/use-now.ts";
import { Card } from "../cards.tsx";
import { ApproveDialog } from "./approve-dialog.tsx";
import { RemoveDialog } from "./remove-dialog.tsx";
import { memberName } from "./words.ts";

const useStyles = makeStyles({
  text: { margin: "0", maxWidth: "70ch" },
  name: { display: "flex", flexWrap: "wrap", alignItems: "center", gap: "4px 8px" },
  list: { listStyleType: "none", margin: "0", padding: "0", display: "flex", flexDirection: "column", gap: "12px" },
  request: { display: "flex", flexWrap: "wrap", alignItems: "center", gap: "4px 12px" },
  words: { flexGrow: 1, flexBasis: "200px", minWidth: "0", overflowWrap: "anywhere" },
  quiet: { color: tokens.colorNeutralForeground2 },
});

interface RequestsProps {
  readonly requests: readonly TeamRequest[];
  readonly mayApprove: boolean;
}

function Requests({ requests, mayApprove }: RequestsProps) {
  const styles = useStyles();
  const now = useNow();
  const [chosen, setChosen] = useState<TeamRequest | null>(null);
  useAnnounced(requests.length === 0 ? null : say("settings.data-asking", { count: requests.length }));
  if (requests.length === 0 && chosen === null) return null;
  return (
    <>
      {requests.length > 0 && (
        <Card title={say("data.requests")}>
          <p className={styles.text}>{say(mayApprove ? "data.requests-text" : "data.members-no-rights")}</p>
          <ul className={styles.list} aria-label={say("data.requests")}>
            {requests.map((request) => (
              <li key={request.member} className={styles.request}>
                <span className={styles.words}>
                  {request.label} <span className={styles.quiet}>{say("data.asked-at", { time: moment(request.at, now) })}</span>
                </span>
                {mayApprove && (
                  <Button aria-label={say("data.approve-of", { label: request.label })} onClick={() => setChosen(request)}>
                    {say("data.approve")}
                  </Button>
                )}
              </li>
            ))}
          </ul>
        </Card>
      )}
      {chosen !== null && <ApproveDialog request={chosen} onDone={() => setChosen(null)} />}
    </>
  );
}

function Marks({ member }: { readonly member: TeamMember }) {
  return (
    <>
      {member.isThisConsole && <Badge appearance="tint">{say("data.this-console")}</Badge>}
      {member.isRecovery && (
        <Badge appearance="tint" color="informative">
          {say("data.on-paper")}
        </Badge>
      )}
    </>
  );
}

export function Members({ team }: { readonly team: TeamData }) {
  const styles = useStyles();
  const [chosen, setChosen] = useState<TeamMember | null>(null);
  const isAdministrator = team.role === "administrator";
  const [console, since, remove] = [say("data.column-console"), say("data.column-since"), say("data.column-remove")];
  return (
    <>
      <Requests requests={team.requests} mayApprove={isAdministrator} />
      <Card title={say("data.members")}>
        <p className={styles.text}>{say("data.members-text")}</p>
        {!isAdministrator && <p className={styles.text}>{say("data.members-no-rights")}</p>}
        <DataTable label={say("data.members")} columns={[{ title: console }, { title: since, width: "112px" }, { title: remove, width: "108px" }]}>
          {team.members.map((member) => (
            <DataRow key={member.id}>
              <DataCell title={console}>
                <span className={styles.name}>
                  {memberName(member)} <Marks member={member} />
                </span>
              </DataCell>
              <DataCell title={since}>{formatDate(member.since)}</DataCell>
              <DataCell title={remove}>
                {/* A console is taken out by another one: it could not seal what it must not open any more. */}
                {isAdministrator && !member.isThisConsole && (
                  <Button size="small" aria-label={say("data.remove-of", { label: memberName(member) })} onClick={() => setChosen(member)}>
                    {say("data.remove")}
                  </Button>
                )}
              </DataCell>
            </DataRow>
          ))}
        </DataTable>
      </Card>
      {chosen !== null && <RemoveDialog member={chosen} onDone={() => setChosen(null)} />}
    </>
  );
}
