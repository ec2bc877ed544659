/** The report of the ticked identity stores, for people to keep. */
import { useStore } from "zustand";
import type { Hello } from "../../../shared/contract/app.ts";
import type { HandedStore } from "../../../shared/contract/handover.ts";
import { fail, succeed, type Result } from "../../../shared/result.ts";
import { firstSnapshot } from "../../../shared/rules/whole-snapshots.ts";
import { ask } from "../../host/ask.ts";
import { client } from "../../host/client.ts";
import { session } from "../../stores/session.ts";
import { storesList } from "../../stores/stores-list.ts";
import { formatDate } from "../../text/format.ts";
import { reportSource, type SiteReport } from "../../text/report/content.ts";
import { htmlOf } from "../../text/report/html.ts";
import { siteReport } from "../../text/report/site-report.ts";
import { say } from "../../text/text.ts";
import { FileSection, type MadeFile } from "./file-section.tsx";

/** The reports of identity stores, each as main knows it now. */
async function reportsOf(stores: readonly HandedStore[], hello: Hello): Promise<Result<readonly SiteReport[]>> {
  const expiries = await client().expiry.list();
  if (!expiries.ok) return expiries;
  const reports: SiteReport[] = [];
  for (const { id: storeId } of stores) {
    const editor = await client().editor.open({ storeId });
    if (!editor.ok) return fail(editor.fault);
    const statuses = await firstSnapshot(await client().servers.watch({ storeId }));
    reports.push(siteReport(reportSource({ editor: editor.value, hello, expiries: expiries.value, drift: storesList.getState().entries.get(storeId)?.drift ?? null, statuses, at: Date.now() })));
  }
  return succeed(reports);
}

async function reportFile(stores: readonly HandedStore[], hello: Hello): Promise<Result<MadeFile>> {
  const reports = await ask(() => reportsOf(stores, hello));
  if (!reports.ok) return reports;
  return succeed({ name: `${say("site-report.file", { date: formatDate(Date.now()) })}.html`, content: htmlOf(reports.value), type: "text/html" });
}

export function SiteReportSection({ stores }: { readonly stores: readonly HandedStore[] }) {
  const hello = useStore(session, (state) => state.hello);
  const offers = hello === null ? [] : [{ label: say("site-report.save", { count: stores.length }), make: () => reportFile(stores, hello) }];
  return <FileSection title={say("site-report.section")} hint={say("site-report.hint")} saved={say("site-report.saved")} disabled={stores.length === 0} offers={offers} />;
}
