/** A console that works on a team's database and is not in the team: its code while it asks, and other ways in. */
import { Button, Spinner, makeStyles } from "@fluentui/react-components";
import { useState } from "react";
import type { Fault } from "../../../../shared/fault.ts";
import { client } from "../../../host/client.ts";
import type { TeamData } from "../../../stores/data-state.ts";
import { say } from "../../../text/text.ts";
import { CopyButton } from "../../../ui/copy-button.tsx";
import { ErrorBox } from "../../../ui/error-box.tsx";
import { useDeed } from "../../../ui/use-deed.ts";
import { Card } from "../cards.tsx";
import { RecoverForm } from "./recover-form.tsx";
import { Spelled } from "./spelled.tsx";
import { useClimb } from "./team-work.ts";
import { teamName } from "./words.ts";

const useStyles = makeStyles({
  text: { margin: "0", maxWidth: "70ch" },
  row: { display: "flex", flexWrap: "wrap", alignItems: "center", gap: "8px 16px" },
});

function Recovery() {
  const [open, setOpen] = useState(false);
  return (
    <>
      <div>
        <Button size="small" aria-expanded={open} onClick={() => setOpen(!open)}>
          {say("data.recovery-open")}
        </Button>
      </div>
      {open && <RecoverForm />}
    </>
  );
}

/** Waits to be let in; the page changes by itself when that is done. */
function Asking({ code }: { readonly code: string }) {
  const styles = useStyles();
  return (
    <Card title={say("data.asking-title")}>
      <p className={styles.text}>{say("data.asking-text")}</p>
      <div className={styles.row}>
        <Spelled text={code} large />
        <CopyButton text={code} label={say("ui.copy")} />
      </div>
      <p className={styles.text}>{say("data.asking-wait")}</p>
      <Recovery />
    </Card>
  );
}

/** Is in no team here any more, or never asked. */
function Outside({ team }: { readonly team: TeamData }) {
  const styles = useStyles();
  const join = useClimb("team-join", null);
  const [fault, setFault] = useState<Fault | null>(null);
  const askToJoin = useDeed(async () => {
    setFault(null);
    const { place, signInBy } = team;
    const signIn = signInBy === "password" ? ({ by: "password", password: null } as const) : ({ by: "certificate", file: null, filePassword: null } as const);
    const result = await join.run(teamName(place), (signal) => client().data.join({ place, signIn }, { signal }));
    if (!result.ok) setFault(result.fault);
  });
  return (
    <Card title={say("data.outside-title")}>
      <p className={styles.text}>{say("data.outside-text")}</p>
      <div className={styles.row}>
        <Button appearance="primary" disabledFocusable={join.running} onClick={() => void askToJoin()}>
          {say("data.do-join")}
        </Button>
        {join.running && (
          <>
            <Spinner size="tiny" label={say("data.joining")} />
            <Button size="small" onClick={join.cancel}>
              {say("ui.cancel")}
            </Button>
          </>
        )}
      </div>
      {fault !== null && <ErrorBox fault={fault} />}
      <Recovery />
    </Card>
  );
}

export function Enrolment({ team }: { readonly team: TeamData }) {
  if (team.enrolment === "member") return null;
  return team.enrolment === "asking" && team.code !== null ? <Asking code={team.code} /> : <Outside team={team} />;
}
