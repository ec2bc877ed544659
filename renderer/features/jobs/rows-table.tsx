/** Rows of a plan or of a run: the object, what is done with it, what came of it, and why. */
import { Text, makeStyles, tokens } from "@fluentui/react-components";
import { memo, useMemo, useState } from "react";
import type { JobPlan, PlannedAction, PlannedRow } from "../../../shared/model/job-plan.ts";
import type { JobRow, JobRowState } from "../../../shared/model/job-run.ts";
import { client } from "../../host/client.ts";
import { explain } from "../../text/fault.ts";
import { formatCount } from "../../text/format.ts";
import { actionText, changesOfRow, reasonsOfRow, rowStateText, type ProductNames } from "../../text/jobs.ts";
import { say } from "../../text/text.ts";
import { DataCell, DataRow, DataTable } from "../../ui/data-table.tsx";
import { DelayedLoading } from "../../ui/delayed-loading.tsx";
import { ErrorBox } from "../../ui/error-box.tsx";
import { ShowMore } from "../../ui/show-more.tsx";
import { PLANNED_ACTIONS, ROW_STATES } from "./job-choices.ts";
import { RowTools } from "./row-tools.tsx";
import { useRows, type ShownRows } from "./use-rows.ts";

const useStyles = makeStyles({
  strong: { fontWeight: tokens.fontWeightSemibold },
  quiet: { color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200, overflowWrap: "anywhere" },
  bad: { color: tokens.colorPaletteRedForeground1, fontWeight: tokens.fontWeightSemibold },
});

const isOfRun = (row: PlannedRow | JobRow): row is JobRow => "state" in row;

function State({ row: { state, address, fault } }: { readonly row: JobRow }) {
  const styles = useStyles();
  const reason = fault === null ? null : explain(fault);
  return (
    <>
      <div className={state === "done" || state === "planned" ? styles.strong : styles.bad}>{rowStateText(state)}</div>
      {address !== null && <div className={styles.quiet}>{address}</div>}
      {reason !== null && (
        <div className={styles.quiet}>
          {reason.sentence} {reason.nextStep}
        </div>
      )}
    </>
  );
}

interface RowProps {
  readonly row: PlannedRow | JobRow;
  readonly names: ProductNames;
}

/** What was given and taken of a row that is done, under the names that it had then. */
function linesOf(row: PlannedRow | JobRow, names: ProductNames): readonly string[] {
  if (!isOfRun(row) || row.given.length + row.taken.length === 0) return changesOfRow(row, names);
  const given = row.given.map((partNumber) => [partNumber, partNumber] as const);
  const taken = row.taken.map((partNumber) => [partNumber, partNumber] as const);
  return changesOfRow({ ...row, licences: { give: row.given, take: row.taken, usageLocation: row.licences?.usageLocation ?? null } }, new Map([...given, ...taken]));
}

const Row = memo(function Row({ row, names }: RowProps) {
  const styles = useStyles();
  return (
    <DataRow>
      <DataCell title={say("job-run.column-row")}>{formatCount(row.row)}</DataCell>
      <DataCell title={say("job-run.column-object")}>
        <div className={styles.strong}>{row.name === "" ? row.key : row.name}</div>
        {row.name !== "" && <div className={styles.quiet}>{row.key}</div>}
      </DataCell>
      <DataCell title={say("job-run.column-action")}>
        <div className={row.action === "refused" ? styles.bad : undefined}>{actionText(row.action)}</div>
        {linesOf(row, names).map((line) => (
          <div key={line} className={styles.quiet}>
            {line}
          </div>
        ))}
      </DataCell>
      {isOfRun(row) && (
        <DataCell title={say("job-run.column-state")}>
          <State row={row} />
        </DataCell>
      )}
      <DataCell title={say("job-run.column-why")}>
        {reasonsOfRow(row).map((reason) => (
          <div key={reason}>{reason}</div>
        ))}
      </DataCell>
    </DataRow>
  );
});

interface FoundProps {
  readonly label: string;
  readonly found: ShownRows<PlannedRow | JobRow>;
  readonly ofRun: boolean;
  readonly names?: ProductNames;
}

const NO_NAMES: ProductNames = new Map();

function Found({ label, found: { rows, total, fault, loaded, askedFor, more }, ofRun, names = NO_NAMES }: FoundProps) {
  const columns = [
    { title: say("job-run.column-row"), width: "64px" },
    { title: say("job-run.column-object"), width: "24%" },
    { title: say("job-run.column-action"), width: "28%" },
    ...(ofRun ? [{ title: say("job-run.column-state"), width: "24%" }] : []),
    { title: say("job-run.column-why") },
  ];
  return (
    <>
      {fault !== null && <ErrorBox fault={fault} />}
      {!loaded && <DelayedLoading label={say("job-run.rows-loading")} />}
      {/* What changes while a run goes on is not read out, row after row. */}
      {loaded && fault === null && <output aria-live={askedFor === "page" ? "off" : "polite"}>{rows.length === 0 ? say("job-run.rows-none") : say("job-run.rows-found", { shown: formatCount(rows.length), total: formatCount(total) })}</output>}
      {rows.length > 0 && (
        <DataTable label={label} columns={columns}>
          {rows.map((row) => (
            <Row key={row.row} row={row} names={names} />
          ))}
        </DataTable>
      )}
      {loaded && <ShowMore shown={rows.length} hasMore={rows.length < total} onMore={more} />}
    </>
  );
}

/** Rows of a plan that main holds. */
export function PlannedRows({ plan: { plan, counts, seats } }: { readonly plan: JobPlan }) {
  const names = useMemo(() => new Map(seats.map(({ product, partNumber }) => [product, partNumber])), [seats]);
  const [action, setAction] = useState<PlannedAction | null>(null);
  const [search, setSearch] = useState("");
  const found = useRows<PlannedRow>({ of: `${plan} ${action ?? ""}`, version: "", search }, (page, signal) => client().jobs.planned({ plan, actions: action === null ? [] : [action], ...page }, { signal }));
  return (
    <>
      <RowTools kinds={PLANNED_ACTIONS.filter((one) => one === action || (counts[one] ?? 0) > 0)} words={actionText} kind={action} onKind={setAction} search={search} onSearch={setSearch} />
      <Found label={say("job-run.rows")} found={found} ofRun={false} names={names} />
    </>
  );
}

/** Rows of a run, as the history has them. `version`: asked anew where it is another one. */
export function RunRows({ run, version }: { readonly run: string; readonly version: string }) {
  const [state, setState] = useState<JobRowState | null>(null);
  const [search, setSearch] = useState("");
  const found = useRows<JobRow>({ of: `${run} ${state ?? ""}`, version, search }, (page, signal) => client().jobs.rows({ run, states: state === null ? [] : [state], ...page }, { signal }));
  return (
    <>
      <RowTools kinds={ROW_STATES} words={rowStateText} kind={state} onKind={setState} search={search} onSearch={setSearch} />
      <Found label={say("job-run.run-rows")} found={found} ofRun />
    </>
  );
}

const OPEN: readonly JobRowState[] = ["failed", "unknown", "half-done"];

/** Rows of a run of which not everything was done; nothing where there is none. */
export function FailedRows({ run, version }: { readonly run: string; readonly version: string }) {
  const found = useRows<JobRow>({ of: run, version, search: "" }, (page, signal) => client().jobs.rows({ run, states: [...OPEN], ...page }, { signal }));
  if (found.loaded && found.total === 0 && found.fault === null) return null;
  return (
    <>
      <Text weight="semibold">{say("job-run.failed-rows")}</Text>
      <Found label={say("job-run.failed-rows")} found={found} ofRun />
    </>
  );
}
