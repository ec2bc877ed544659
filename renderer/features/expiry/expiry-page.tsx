/** Everything that ends on a date, over all identity stores, soonest first; the same as a calendar file. */
import { Button, makeStyles } from "@fluentui/react-components";
import { ArrowClockwiseRegular, CalendarClockRegular, CalendarLtrRegular } from "@fluentui/react-icons";
import { useCallback, useEffect, useMemo, useState } from "react";
import type { Expiry } from "../../../shared/contract/expiry.ts";
import type { Result } from "../../../shared/fault.ts";
import { ask } from "../../host/ask.ts";
import { client } from "../../host/client.ts";
import { say } from "../../text/text.ts";
import { DelayedLoading } from "../../ui/delayed-loading.tsx";
import { download } from "../../ui/download.ts";
import { EmptyState } from "../../ui/empty-state.tsx";
import { ErrorBox } from "../../ui/error-box.tsx";
import { useNotify } from "../../ui/notify.ts";
import { PageHeader } from "../../ui/page-header.tsx";
import { useShortcut } from "../../ui/use-shortcut.ts";
import { calendarOf } from "./calendar.ts";
import { useReturns } from "../identity-stores/use-returns.ts";
import { ExpiryTable } from "./expiry-table.tsx";
import { soonestFirst } from "./urgency.ts";

const useStyles = makeStyles({ stack: { display: "flex", flexDirection: "column", gap: "12px" } });

/** The list as main last told it, and a function that asks again. */
function useExpiries(): { readonly result: Result<readonly Expiry[]> | null; readonly look: () => void } {
  const [result, setResult] = useState<Result<readonly Expiry[]> | null>(null);
  const look = useCallback(() => void ask(() => client().expiry.list()).then(setResult), []);
  const returns = useReturns();
  useEffect(look, [look, returns]);
  return { result, look };
}

export function ExpiryPage() {
  const styles = useStyles();
  const { result, look } = useExpiries();
  const notify = useNotify();
  useShortcut("F5", look);
  const entries = useMemo(() => (result?.ok === true ? soonestFirst(result.value) : []), [result]);
  const exportCalendar = () => {
    download("messaging-console-expiry.ics", calendarOf(entries, Date.now()), "text/calendar;charset=utf-8");
    notify({ text: say("expiry.exported") });
  };
  return (
    <>
      <PageHeader title={say("expiry.title")} intro={say("expiry.intro")}>
        {entries.length > 0 && (
          <>
            <Button icon={<ArrowClockwiseRegular />} onClick={look}>
              {say("expiry.refresh")}
            </Button>
            <Button icon={<CalendarLtrRegular />} onClick={exportCalendar}>
              {say("expiry.export")}
            </Button>
          </>
        )}
      </PageHeader>
      <div className={styles.stack}>
        {result === null && <DelayedLoading label={say("expiry.loading")} />}
        {result?.ok === false && (
          <ErrorBox fault={result.fault}>
            <Button size="small" onClick={look}>
              {say("ui.retry")}
            </Button>
          </ErrorBox>
        )}
        {result?.ok === true && entries.length === 0 && (
          <EmptyState icon={<CalendarClockRegular />} title={say("expiry.empty-title")} text={say("expiry.empty-text")} />
        )}
        {entries.length > 0 && <ExpiryTable entries={entries} />}
      </div>
    </>
  );
}
