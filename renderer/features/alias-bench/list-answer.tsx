/** What became of a list: the sum, what is to be known about the expression, and the names a page at a time. */
import { Button, Field, Input, MessageBar, MessageBarBody, Select, makeStyles, tokens } from "@fluentui/react-components";
import { ArrowDownloadRegular } from "@fluentui/react-icons";
import { useState } from "react";
import type { Fault } from "../../../shared/fault.ts";
import { aliasOutcomes } from "../../../shared/model/alias.ts";
import type { AliasListFilter, AliasListSummary } from "../../../shared/model/alias-list.ts";
import { formatCount } from "../../text/format.ts";
import { say } from "../../text/text.ts";
import { DelayedLoading } from "../../ui/delayed-loading.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { ErrorBox } from "../../ui/error-box.tsx";
import { ShowMore } from "../../ui/show-more.tsx";
import { FormSection } from "../identity-stores/form-section.tsx";
import { Differences } from "./differences.tsx";
import type { JudgedFile } from "./list-state.ts";
import { ListTable } from "./list-table.tsx";
import { Notices } from "./notices.tsx";
import { OutcomeMark } from "./outcome-mark.tsx";
import { addressIssueInWords } from "./outcome.ts";
import { saveResult } from "./result-file.ts";
import { useListRows } from "./use-list-rows.ts";

const useStyles = makeStyles({
  counts: { listStyleType: "none", margin: "0", padding: "0", display: "flex", flexWrap: "wrap", columnGap: "20px", rowGap: "4px" },
  quiet: { margin: "0", color: tokens.colorNeutralForeground2 },
  bar: { display: "flex", flexWrap: "wrap", alignItems: "flex-end", gap: "8px 16px" },
  filter: { width: "240px" },
});

function outcomesOf({ outcomes }: AliasListSummary) {
  return aliasOutcomes.map((outcome) => ({ outcome, number: outcomes[outcome] })).filter(({ number }) => number > 0);
}

function Sum({ summary }: { readonly summary: AliasListSummary }) {
  const styles = useStyles();
  return (
    <>
      <ul className={styles.counts} aria-label={say("alias-bench.list-sum", { count: summary.names })}>
        {outcomesOf(summary).map(({ outcome, number }) => (
          <li key={outcome}>
            <OutcomeMark outcome={outcome} number={number} />
          </li>
        ))}
        <li>{say("alias-bench.list-duplicates", { number: formatCount(summary.duplicates) })}</li>
      </ul>
      {summary.addressIssues.length > 0 && (
        <p className={styles.quiet}>
          {summary.addressIssues
            .map(({ issue, count }) => say("alias-bench.count-verdict", { word: addressIssueInWords(issue), number: formatCount(count) }))
            .join(", ")}
        </p>
      )}
    </>
  );
}

function Names({ judged }: { readonly judged: JudgedFile }) {
  const styles = useStyles();
  const { summary, rule } = judged;
  const [filter, setFilter] = useState<AliasListFilter>("all");
  const [search, setSearch] = useState("");
  const { rows, next, fault, loaded, more } = useListRows(summary.list, filter, search);
  const filters: readonly AliasListFilter[] = ["all", ...outcomesOf(summary).map(({ outcome }) => outcome), "duplicate"];
  return (
    <>
      <div className={styles.bar}>
        <Field className={styles.filter} label={say("alias-bench.list-filter")}>
          <Select value={filter} onChange={(_event, data) => setFilter(filters.find((one) => one === data.value) ?? "all")}>
            {filters.map((one) => (
              <option key={one} value={one}>
                {say(one === "all" || one === "duplicate" ? `alias-bench.list-filter-${one}` : `alias-bench.verdict-${one}`)}
              </option>
            ))}
          </Select>
        </Field>
        <Field className={styles.filter} label={say("alias-bench.list-search")}>
          <Input type="search" value={search} maxLength={255} spellCheck={false} autoComplete="off" onChange={(_event, data) => setSearch(data.value)} />
        </Field>
      </div>
      {fault !== null && <ErrorBox fault={fault} />}
      {!loaded && <DelayedLoading label={say("alias-bench.list-loading")} />}
      {loaded && fault === null && rows.length === 0 && <EmptyState title={say("alias-bench.list-none-title")} text={say("alias-bench.list-none-text")} />}
      {rows.length > 0 && <ListTable rows={rows} most={rule.maximumLength} />}
      {loaded && <ShowMore shown={rows.length} hasMore={next !== null} onMore={more} />}
    </>
  );
}

interface ListAnswerProps {
  readonly judged: JudgedFile;
  /** The rule or the column above is no longer what the result is of. */
  readonly outdated: boolean;
}

export function ListAnswer({ judged, outdated }: ListAnswerProps) {
  const styles = useStyles();
  const { summary, rule, fileName } = judged;
  const [fault, setFault] = useState<Fault | null>(null);
  const facts = { ...summary, stopped: summary.stoppedAt !== null };
  const save = async () => {
    setFault(null);
    const saved = await saveResult(judged);
    if (!saved.ok && saved.fault.kind !== "cancelled") setFault(saved.fault);
  };
  return (
    <FormSection title={say("alias-bench.list-answer", { name: fileName })}>
      {outdated && (
        <MessageBar intent="warning" layout="multiline">
          <MessageBarBody>{say("alias-bench.list-outdated")}</MessageBarBody>
        </MessageBar>
      )}
      <p className={styles.quiet}>
        {say(summary.engine === ".NET" ? "alias-bench.engine-net" : "alias-bench.engine-javascript")}
        {summary.column !== null && ` · ${say("alias-bench.list-column-used", { column: summary.column })}`}
        {summary.stoppedAt !== null && ` · ${say("alias-bench.list-stopped-at", { line: formatCount(summary.stoppedAt) })}`}
      </p>
      <Notices pattern={rule.pattern} answer={facts} />
      <Differences answer={facts} />
      {summary.patternError === null && (
        <>
          <Sum summary={summary} />
          <div className={styles.bar}>
            <Button icon={<ArrowDownloadRegular />} onClick={() => void save()}>
              {say("alias-bench.list-save")}
            </Button>
          </div>
          {fault !== null && <ErrorBox fault={fault} />}
          <Names key={summary.list} judged={judged} />
        </>
      )}
    </FormSection>
  );
}
