/** Making a file of identity stores: which, how it is protected, and the file. */
import { Button, makeStyles, tokens } from "@fluentui/react-components";
import { BoxMultipleArrowRightRegular } from "@fluentui/react-icons";
import { useCallback, useEffect, useId, useRef, useState } from "react";
import { useStore } from "zustand";
import type { HandedStore } from "../../../shared/contract/handover.ts";
import type { Fault, Result } from "../../../shared/fault.ts";
import { ask } from "../../host/ask.ts";
import { client } from "../../host/client.ts";
import { say } from "../../text/text.ts";
import { announce } from "../../ui/announce.ts";
import { bringIntoSight } from "../bring-into-sight.ts";
import { DelayedLoading } from "../../ui/delayed-loading.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { ErrorBox } from "../../ui/error-box.tsx";
import { useDeed } from "../../ui/use-deed.ts";
import { FormSection } from "../identity-stores/form-section.tsx";
import { useReturns } from "../identity-stores/use-returns.ts";
import { PageLink } from "../links/page-link.tsx";
import { WorkHere } from "../running-work/work-here.tsx";
import { ExportResult, exportWords } from "./export-result.tsx";
import { ExportStores } from "./export-stores.tsx";
import { exportStores, forgetExport, lastExport } from "./export-work.ts";
import { noPassphrase } from "./passphrase-fields.tsx";
import { ProbeSection } from "./probe-section.tsx";
import { noProtection, protectionHindrance, protectionOf, protectionProblem, ProtectionSection } from "./protection-section.tsx";
import { ShellSection } from "./shell-section.tsx";
import { SiteReportSection } from "./site-report-section.tsx";

const useStyles = makeStyles({
  stack: { display: "flex", flexDirection: "column", gap: "12px" },
  row: { display: "flex", flexWrap: "wrap", alignItems: "center", gap: "8px 16px" },
  quiet: { color: tokens.colorNeutralForeground2 },
});

/** What each identity store would put into a file; asked anew after main was away, and on `again`. */
function useContents(): { readonly contents: Result<readonly HandedStore[]> | null; readonly again: () => void } {
  const [contents, setContents] = useState<Result<readonly HandedStore[]> | null>(null);
  const returns = useReturns();
  const again = useCallback(() => {
    const stop = new AbortController();
    void ask(() => client().handover.contents({ storeIds: null }, { signal: stop.signal }), stop.signal).then((answer) => {
      if (!stop.signal.aborted) setContents(answer);
    });
    return () => stop.abort();
  }, []);
  useEffect(again, [again, returns]);
  return { contents, again };
}

function ExportForm({ stores, onGone }: { readonly stores: readonly HandedStore[]; readonly onGone: () => void }) {
  const styles = useStyles();
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const [protection, setProtection] = useState(noProtection);
  const [fault, setFault] = useState<Fault | null>(null);
  const below = useRef<HTMLDivElement | null>(null);
  const why = useId();
  const last = useStore(lastExport, (state) => state.export);
  const running = last !== null && last.result === null;
  const saved = last?.result?.ok === true ? last.result.value : null;
  const chosen = stores.filter(({ id }) => !left.has(id));
  const failed = last?.result?.ok === false && last.result.fault.kind !== "cancelled" ? last.result.fault : null;
  const hindrance = chosen.length === 0 ? say("handover.wants-store") : protectionHindrance(protection);
  const problem = protectionProblem(failed, protection);
  useEffect(() => forgetExport, []);
  const onTick = useCallback((id: string, ticked: boolean) => {
    setLeft((before) => {
      const next = new Set(before);
      if (ticked) next.delete(id);
      else next.add(id);
      return next;
    });
  }, []);
  const save = useDeed(async () => {
    if (hindrance !== null || running) return;
    setFault(null);
    const result = await exportStores(chosen.map(({ id }) => id), protectionOf(protection));
    if (result.ok) {
      // Suggested words are written down nowhere else.
      setProtection((now) => (now.passphrase.shown ? now : { ...now, passphrase: noPassphrase }));
      announce(exportWords(result.value));
      bringIntoSight(below);
    } else if (result.fault.kind === "not-found") onGone();
  });
  return (
    <>
      <FormSection title={say("handover.section-stores")}>
        <ExportStores stores={stores} left={left} sealed={protection.by !== "nothing"} onTick={onTick} onTickAll={(ticked) => setLeft(new Set(ticked ? [] : stores.map(({ id }) => id)))} />
      </FormSection>
      <ProtectionSection
        value={protection}
        problem={problem}
        onValue={(value) => {
          setProtection(value);
          if (problem !== null) forgetExport();
        }}
        onFault={setFault}
      />
      <div className={styles.row}>
        <Button appearance="primary" disabledFocusable={hindrance !== null || running} {...(hindrance === null ? {} : { "aria-describedby": why })} onClick={() => void save()}>
          {say("handover.export", { count: chosen.length })}
        </Button>
        {hindrance !== null && (
          <span id={why} className={styles.quiet}>
            {hindrance}
          </span>
        )}
      </div>
      <WorkHere />
      <div ref={below}>
        {fault !== null && <ErrorBox fault={fault} />}
        {failed !== null && problem === null && <ErrorBox fault={failed} />}
        {saved !== null && <ExportResult saved={saved} stores={stores} />}
      </div>
      <SiteReportSection stores={chosen} />
      <ShellSection stores={chosen} />
      <ProbeSection stores={chosen} />
    </>
  );
}

export function ExportWay() {
  const styles = useStyles();
  const { contents, again } = useContents();
  return (
    <div className={styles.stack}>
      {contents === null && <DelayedLoading label={say("handover.loading")} />}
      {contents?.ok === false && (
        <ErrorBox fault={contents.fault}>
          <Button size="small" onClick={again}>
            {say("ui.retry")}
          </Button>
        </ErrorBox>
      )}
      {contents?.ok === true && contents.value.length === 0 && (
        <EmptyState icon={<BoxMultipleArrowRightRegular />} title={say("handover.empty-title")} text={say("handover.empty-text")}>
          <PageLink to={{ page: "new-store" }}>{say("handover.empty-add")}</PageLink>
          <PageLink to={{ page: "handover", way: "import" }}>{say("handover.empty-import")}</PageLink>
        </EmptyState>
      )}
      {contents?.ok === true && contents.value.length > 0 && <ExportForm stores={contents.value} onGone={again} />}
    </div>
  );
}
