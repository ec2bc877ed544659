/** What a run would do, before anything is written; and the way to do it where nothing holds it. */
import { Button, Text, makeStyles, tokens } from "@fluentui/react-components";
import { useState } from "react";
import type { JobPlan, PlannedAction } from "../../../shared/model/job-plan.ts";
import { formatCount, formatDateTime } from "../../text/format.ts";
import { actionText, countLines, productText, rowsText } from "../../text/jobs.ts";
import { say } from "../../text/text.ts";
import { ConfirmDialog } from "../../ui/confirm-dialog.tsx";
import { DataCell, DataRow, DataTable } from "../../ui/data-table.tsx";
import { FormSection } from "../identity-stores/form-section.tsx";
import { PasswordField } from "../mail-objects/password-field.tsx";
import { Counts } from "./counts.tsx";
import { Halts } from "./halts.tsx";
import { PLANNED_ACTIONS, WRITING_ACTIONS } from "./job-choices.ts";
import { PlannedRows } from "./rows-table.tsx";

const useStyles = makeStyles({ quiet: { margin: "0", color: tokens.colorNeutralForeground2 } });

const isWriting = (action: PlannedAction) => WRITING_ACTIONS.some((one) => one === action);

export function planCounts({ counts }: JobPlan): readonly string[] {
  return countLines(PLANNED_ACTIONS, counts, actionText);
}

/** How many rows a run would write something of. */
export function writesOf({ counts }: JobPlan): number {
  return WRITING_ACTIONS.reduce((sum, action) => sum + (counts[action] ?? 0), 0);
}

/** Also where they go with what a row is counted as, such as a block: of a product that is only taken no seat is needed. */
function takesLicences({ counts, seats }: JobPlan): boolean {
  return (counts.unlicense ?? 0) > 0 || seats.some(({ needed }) => needed === 0);
}

const freeText = (free: number | null): string => (free === null ? say("job-run.seats-unknown") : formatCount(free));

/** Of products that are only taken nothing is needed. */
function Seats({ seats }: Pick<JobPlan, "seats">) {
  const [product, needed, free] = [say("job-run.seats-product"), say("job-run.seats-needed"), say("job-run.seats-free")];
  return (
    <DataTable label={say("job-run.seats")} columns={[{ title: product }, { title: needed, width: "96px", numeric: true }, { title: free, width: "96px", numeric: true }]}>
      {seats.filter(({ needed }) => needed > 0).map((seat) => (
        <DataRow key={seat.partNumber}>
          <DataCell title={product}>{productText(seat.partNumber)}</DataCell>
          <DataCell title={needed} numeric>
            {formatCount(seat.needed)}
          </DataCell>
          <DataCell title={free} numeric>
            {freeText(seat.free)}
          </DataCell>
        </DataRow>
      ))}
    </DataTable>
  );
}

interface ApplyProps {
  readonly plan: JobPlan;
  readonly jobName: string;
  readonly storeName: string;
  readonly onApply: (password: string | null) => void;
}

/** Asks before anything is written. A password is given once, and stays nowhere in the page. */
function Apply({ plan, jobName, storeName, onApply }: ApplyProps) {
  const [asks, setAsks] = useState(false);
  const [password, setPassword] = useState("");
  const lines = countLines(PLANNED_ACTIONS.filter(isWriting), plan.counts, actionText);
  const answer = (confirmed: boolean) => {
    const given = password;
    setAsks(false);
    setPassword("");
    if (confirmed) onApply(plan.asksPassword ? given : null);
  };
  return (
    <>
      <div>
        <Button appearance="primary" onClick={() => setAsks(true)}>
          {say("job-run.apply")}
        </Button>
      </div>
      <ConfirmDialog
        open={asks}
        title={say("job-run.apply-title", { store: storeName })}
        confirmLabel={say("job-run.apply-confirm")}
        confirmDisabled={plan.asksPassword && password === ""}
        field={plan.asksPassword}
        onAnswer={answer}
      >
        <Text>{say("job-run.apply-text", { name: jobName })}</Text>
        <Counts label={say("job-run.counts")} lines={lines} />
        {takesLicences(plan) && <Text>{say("job-run.apply-licences-text")}</Text>}
        {plan.asksPassword && <PasswordField label={say("job-run.password")} required value={password} problem={null} onValue={setPassword} />}
      </ConfirmDialog>
    </>
  );
}

interface PlanCardProps extends ApplyProps {
  readonly busy: boolean;
}

export function PlanCard({ busy, ...apply }: PlanCardProps) {
  const styles = useStyles();
  const { plan } = apply;
  return (
    <FormSection title={say("job-run.plan-section")}>
      <p className={styles.quiet}>{say("job-run.plan-of", { rows: rowsText(plan.source.rows), time: formatDateTime(plan.at) })}</p>
      <Counts label={say("job-run.counts")} lines={planCounts(plan)} />
      <Halts halts={plan.halts} announced />
      {plan.halts.length === 0 && writesOf(plan) === 0 && <Text>{say("job-run.nothing-to-do")}</Text>}
      {plan.seats.some(({ needed }) => needed > 0) && <Seats seats={plan.seats} />}
      {plan.halts.length === 0 && writesOf(plan) > 0 && !busy && <Apply {...apply} />}
      <PlannedRows key={plan.plan} plan={plan} />
    </FormSection>
  );
}
