/** The way into a team's database: where it is, a test of it, and what the test offers: setting a team up or asking to join. */
import { Button, MessageBar, MessageBarBody, Spinner, makeStyles, tokens } from "@fluentui/react-components";
import { PlugConnectedRegular } from "@fluentui/react-icons";
import { useRef, useState } from "react";
import type { Fault, Result } from "../../../../shared/fault.ts";
import type { TeamFound } from "../../../../shared/model/team.ts";
import { client } from "../../../host/client.ts";
import { navigate } from "../../../stores/navigation.ts";
import { say } from "../../../text/text.ts";
import { announce } from "../../../ui/announce.ts";
import { useBoundResult } from "../../../ui/bound-result.ts";
import { bringIntoSight } from "../../bring-into-sight.ts";
import { ErrorBox } from "../../../ui/error-box.tsx";
import { useNotify } from "../../../ui/notify.ts";
import { useDeed } from "../../../ui/use-deed.ts";
import { FormSection } from "../../identity-stores/form-section.tsx";
import { useLeaveGuard } from "../../identity-stores/use-leave-guard.tsx";
import { RungList } from "../../servers/rung-list.tsx";
import { foundWords, FoundPanel } from "./found.tsx";
import { requestOf, type KnownTeam } from "./team-form-model.ts";
import { TeamFields } from "./team-fields.tsx";
import { recoveryKey, useClimb, type Climb } from "./team-work.ts";
import { useTeamForm } from "./use-team-form.ts";
import { teamName } from "./words.ts";

const useStyles = makeStyles({
  form: { display: "flex", flexDirection: "column", gap: "12px", maxWidth: "720px" },
  row: { display: "flex", flexWrap: "wrap", alignItems: "center", gap: "8px 12px" },
  hint: { color: tokens.colorNeutralForeground2 },
});

/** What is being done, how far it is, and the way to stop it. */
function Running({ climb, label }: { readonly climb: Climb; readonly label: string }) {
  const styles = useStyles();
  if (!climb.running) return null;
  return (
    <div className={styles.row}>
      <Spinner size="tiny" label={label} />
      <Button size="small" onClick={climb.cancel}>
        {say("ui.cancel")}
      </Button>
    </div>
  );
}

/** The last thing that was done with what the form says. `found` null: it was not a test, or it failed, or still runs. */
interface Done {
  readonly found: TeamFound | null;
  readonly fault: Fault | null;
}

/** `known`: the team that the console knows, to be changed; null where it is to enter one. */
export function TeamPage({ known }: { readonly known: KnownTeam | null }) {
  const styles = useStyles();
  const notify = useNotify();
  const isKnown = known !== null;
  const team = useTeamForm(known);
  const test = useClimb("team-test", "team");
  const setUp = useClimb("team-set-up", null);
  const join = useClimb("team-join", null);
  const bound = useBoundResult<Done>(team.input);
  const below = useRef<HTMLDivElement | null>(null);
  const [founding, setFounding] = useState(false);
  const guard = useLeaveGuard(founding, { title: say("data.leave-setting-up-title"), text: say("data.leave-setting-up-text") });
  const working = test.running || setUp.running || join.running;
  const { current } = bound;
  const found = current?.found ?? null;

  const settle = (done: Done, of: typeof team.input) => {
    const atField = done.fault !== null && team.refuse(done.fault);
    bound.take(atField ? { ...done, fault: null } : done, of);
    bringIntoSight(below);
  };
  const runTest = useDeed(async () => {
    if (working || !team.check()) return;
    const [request, of] = [requestOf(team.form), team.input];
    bound.take({ found: null, fault: null }, of);
    const result = await test.run(teamName(request.place), (signal) => client().data.test(request, { signal }));
    if (result.ok) announce(foundWords(result.value, isKnown).join(" "));
    settle(result.ok ? { found: result.value, fault: null } : { found: null, fault: result.fault }, of);
  });
  const goIn = async (work: () => Promise<Result<unknown>>) => {
    const of = team.input;
    bound.take({ found, fault: null }, of);
    const result = await work();
    if (!result.ok) settle({ found, fault: result.fault }, of);
    return result.ok;
  };
  const runSetUp = useDeed(async () => {
    const request = requestOf(team.form);
    const name = teamName(request.place);
    setFounding(true);
    await goIn(async () => {
      const result = await setUp.run(name, (signal) => client().data.setUp(request, { signal }));
      // Kept before anything else, and shown in the place of this form: it is shown once.
      if (result.ok) recoveryKey.setState({ shown: { key: result.value.recoveryKey, team: name } });
      return result;
    });
    setFounding(false);
  });
  const runJoin = useDeed(async () => {
    const request = requestOf(team.form);
    const isIn = await goIn(async () => {
      const result = await join.run(teamName(request.place), (signal) => client().data.join(request, { signal }));
      if (result.ok && result.value.code === null) notify({ text: say("data.changed") });
      return result;
    });
    if (isIn) await navigate({ page: "data" });
  });
  // What is changed while a test runs makes it a test of something else.
  const change: typeof team.change = (part) => {
    test.cancel();
    team.change(part);
  };
  const climb = [setUp, join].find(({ running, rungs }) => running || rungs.length > 0) ?? test;

  return (
    <form
      className={styles.form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void runTest();
      }}
    >
      {isKnown && (
        <MessageBar intent="info" layout="multiline">
          <MessageBarBody>{say("data.team-known")}</MessageBarBody>
        </MessageBar>
      )}
      <TeamFields team={{ ...team, change }} />
      <FormSection title={say("identity-stores.test")}>
        <div className={styles.row}>
          {/* Stays in its place while it runs: a second press must not meet the button that stops the test. */}
          <Button type="submit" icon={<PlugConnectedRegular />} disabledFocusable={working}>
            {say(found === null ? "identity-stores.test" : "identity-stores.test-again")}
          </Button>
          <Running climb={test} label={say("identity-stores.test-running")} />
          {current === null && !test.running && <span className={styles.hint}>{say("data.test-hint")}</span>}
        </div>
        <div aria-live="polite">{current !== null && climb.rungs.length > 0 && <RungList rungs={climb.rungs} />}</div>
        <div ref={below}>{found !== null && <FoundPanel found={found} isKnown={isKnown} busy={working} onSetUp={() => void runSetUp()} onJoin={() => void runJoin()} />}</div>
        <Running climb={setUp} label={say("data.setting-up")} />
        <Running climb={join} label={say(isKnown ? "data.changing" : "data.joining")} />
        {current !== null && current.fault !== null && <ErrorBox fault={current.fault} />}
      </FormSection>
      {guard.dialog}
    </form>
  );
}
