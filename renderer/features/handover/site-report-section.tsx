/** The report of the ticked identity stores, for people to keep. */
import { Button, makeStyles, tokens } from "@fluentui/react-components";
import { useState } from "react";
import { useStore } from "zustand";
import type { Hello } from "../../../shared/contract/app.ts";
import type { HandedStore } from "../../../shared/contract/handover.ts";
import type { Fault } from "../../../shared/fault.ts";
import { fail, succeed, type Result } from "../../../shared/result.ts";
import { firstSnapshot } from "../../../shared/rules/whole-snapshots.ts";
import { ask } from "../../host/ask.ts";
import { client } from "../../host/client.ts";
import { session } from "../../stores/session.ts";
import { formatDate } from "../../text/format.ts";
import { reportSource, type SiteReport } from "../../text/report/content.ts";
import { htmlOf } from "../../text/report/html.ts";
import { siteReport } from "../../text/report/site-report.ts";
import { say } from "../../text/text.ts";
import { announce } from "../../ui/announce.ts";
import { download } from "../../ui/download.ts";
import { ErrorBox } from "../../ui/error-box.tsx";
import { useDeed } from "../../ui/use-deed.ts";
import { FormSection } from "../identity-stores/form-section.tsx";

const useStyles = makeStyles({
  row: { display: "flex", flexWrap: "wrap", alignItems: "center", gap: "8px 16px" },
  quiet: { margin: "0", color: tokens.colorNeutralForeground2 },
});

/** The reports of identity stores, each as main knows it now. */
async function reportsOf(stores: readonly HandedStore[], hello: Hello): Promise<Result<readonly SiteReport[]>> {
  const expiries = await client().expiry.list();
  if (!expiries.ok) return expiries;
  const reports: SiteReport[] = [];
  for (const { id: storeId } of stores) {
    const editor = await client().editor.open({ storeId });
    if (!editor.ok) return fail(editor.fault);
    const statuses = await firstSnapshot(await client().servers.watch({ storeId }));
    reports.push(siteReport(reportSource({ editor: editor.value, hello, expiries: expiries.value, statuses, at: Date.now() })));
  }
  return succeed(reports);
}

export function SiteReportSection({ stores }: { readonly stores: readonly HandedStore[] }) {
  const styles = useStyles();
  const hello = useStore(session, (state) => state.hello);
  const [fault, setFault] = useState<Fault | null>(null);
  const [working, setWorking] = useState(false);
  const save = useDeed(async () => {
    if (stores.length === 0 || hello === null) return;
    setWorking(true);
    const reports = await ask(() => reportsOf(stores, hello));
    setWorking(false);
    setFault(reports.ok ? null : reports.fault);
    if (!reports.ok) return;
    download(`${say("site-report.file", { date: formatDate(Date.now()) })}.html`, htmlOf(reports.value), "text/html;charset=utf-8");
    announce(say("site-report.saved"));
  });
  return (
    <FormSection title={say("site-report.section")}>
      <p className={styles.quiet}>{say("site-report.hint")}</p>
      <div className={styles.row}>
        <Button disabledFocusable={stores.length === 0 || working} onClick={() => void save()}>
          {say("site-report.save", { count: stores.length })}
        </Button>
      </div>
      {fault !== null && <ErrorBox fault={fault} />}
    </FormSection>
  );
}
