/** Moving everything from one place to the other: a comparison before, progress, a report after. */
import { Button, Field, Radio, RadioGroup, makeStyles } from "@fluentui/react-components";
import { useEffect, useReducer, useState } from "react";
import { useStore } from "zustand";
import type { Fault, Result } from "../../../../shared/fault.ts";
import type { DataState, MoveComparison, MoveReport, TeamPlace } from "../../../../shared/model/team.ts";
import { ask } from "../../../host/ask.ts";
import { client } from "../../../host/client.ts";
import { say } from "../../../text/text.ts";
import { announce } from "../../../ui/announce.ts";
import { useBoundResult } from "../../../ui/bound-result.ts";
import { DelayedLoading } from "../../../ui/delayed-loading.tsx";
import { ErrorBox } from "../../../ui/error-box.tsx";
import { useDeed } from "../../../ui/use-deed.ts";
import { WorkHere } from "../../running-work/work-here.tsx";
import { useReturns } from "../../identity-stores/use-returns.ts";
import { Card } from "../cards.tsx";
import { ComparisonGrid } from "./comparison-grid.tsx";
import { lastMove, moveEverything } from "./move-work.ts";
import { MoveReportCard, reportWords } from "./move-report.tsx";
import { UseButton } from "./switching.tsx";
import { otherKind, teamName } from "./words.ts";

const useStyles = makeStyles({
  text: { margin: "0", maxWidth: "70ch" },
  counts: { margin: "0", paddingLeft: "20px" },
});

type Kind = DataState["kind"];
const KINDS: readonly Kind[] = ["file", "team"];
const OUTCOMES = ["absent", "same", "differs", "taken"] as const;

/** The comparison of `from` with the other place as it was last asked for. */
function useComparison(from: Kind): { readonly result: Result<MoveComparison> | null; readonly look: () => void } {
  const [attempt, look] = useReducer((count: number) => count + 1, 0);
  const compared = useBoundResult<Result<MoveComparison>>([from, attempt]);
  const { take } = compared;
  const returns = useReturns();
  useEffect(() => {
    const stop = new AbortController();
    void ask(() => client().data.compare({ from }, { signal: stop.signal }), stop.signal).then((result) => {
      if (!stop.signal.aborted) take(result, [from, attempt]);
    });
    return () => stop.abort();
    // A result is taken by whoever asked for it.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [from, attempt, returns]);
  return { result: compared.current, look };
}

function Comparison({ comparison }: { readonly comparison: MoveComparison }) {
  const styles = useStyles();
  const count = (there: (typeof OUTCOMES)[number]) => comparison.stores.filter((store) => store.there === there).length;
  return (
    <>
      <ul className={styles.counts} aria-label={say("data.comparison-counts")}>
        {OUTCOMES.filter((there) => count(there) > 0).map((there) => (
          <li key={there}>{say(`data.compared-${there}`, { count: count(there) })}</li>
        ))}
        {comparison.stores.length === 0 && <li>{say("data.compared-nothing")}</li>}
        {comparison.onlyThere > 0 && <li>{say("data.compared-only-there", { count: comparison.onlyThere })}</li>}
      </ul>
      {comparison.stores.length > 0 && <ComparisonGrid stores={comparison.stores} />}
    </>
  );
}

interface MovePageProps {
  /** What the console works on. */
  readonly kind: Kind;
  readonly place: TeamPlace;
}

export function MovePage({ kind, place }: MovePageProps) {
  const styles = useStyles();
  const move = useStore(lastMove, (state) => state.move);
  const [chosen, setChosen] = useState<Kind | null>(null);
  const running = move !== null && move.result === null;
  const from = running ? move.from : (chosen ?? move?.from ?? kind);
  const [fault, setFault] = useState<Fault | null>(null);
  const { result, look } = useComparison(from);
  const nameOf = (of: Kind) => (of === "file" ? say("data.on-this-computer") : teamName(place));
  const comparison = result?.ok === true ? result.value : null;
  const movable = comparison?.stores.filter(({ there }) => there === "absent").length ?? 0;
  const done = move?.from === from ? move.result : null;
  const report: MoveReport | null = done?.ok === true ? done.value : null;
  const run = useDeed(async () => {
    if (movable === 0 || running) return;
    setFault(null);
    const moved = await moveEverything(from, nameOf(otherKind(from)));
    if (moved.ok) announce(reportWords(moved.value).join(" "));
    look();
  });
  return (
    <>
      <Card title={say("data.direction")}>
        <Field label={say("data.direction-label")}>
          <RadioGroup value={from} disabled={running} onChange={(_event, data) => setChosen(data.value === "team" ? "team" : "file")}>
            {KINDS.map((each) => (
              <Radio key={each} value={each} label={say(`data.direction-${each}`, { team: teamName(place) })} />
            ))}
          </RadioGroup>
        </Field>
        <p className={styles.text}>{say("data.move-text")}</p>
      </Card>
      {report !== null && (
        <MoveReportCard report={report}>
          {otherKind(from) !== kind && <UseButton kind={otherKind(from)} primary onFault={setFault} />}
          {fault !== null && <ErrorBox fault={fault} />}
        </MoveReportCard>
      )}
      <Card title={say("data.comparison")}>
        {result === null && <DelayedLoading label={say("data.comparing")} />}
        {result?.ok === false && (
          <ErrorBox fault={result.fault}>
            <Button size="small" onClick={look}>
              {say("ui.retry")}
            </Button>
          </ErrorBox>
        )}
        {comparison !== null && <Comparison comparison={comparison} />}
        <div>
          <Button appearance="primary" disabledFocusable={movable === 0 || running} onClick={() => void run()}>
            {movable === 0 ? say("data.move-nothing") : say("data.move", { count: movable })}
          </Button>
        </div>
        <WorkHere />
        {done?.ok === false && <ErrorBox fault={done.fault} />}
      </Card>
    </>
  );
}
