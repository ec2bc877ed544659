/** Any two states of an identity store beside each other. */
import { Button, Text, makeStyles, tokens } from "@fluentui/react-components";
import { ArrowSwapRegular } from "@fluentui/react-icons";
import { useState } from "react";
import { useStore } from "zustand";
import type { ProbedStore } from "../../../shared/model/identity-store.ts";
import { ask } from "../../host/ask.ts";
import { client } from "../../host/client.ts";
import { storesList } from "../../stores/stores-list.ts";
import { driftWords, sideName } from "../../text/comparison.ts";
import { explain } from "../../text/fault.ts";
import { say } from "../../text/text.ts";
import { useAnnounced } from "../../ui/announce.ts";
import { ErrorBox } from "../../ui/error-box.tsx";
import { moment } from "../../ui/moment.ts";
import { useNotify } from "../../ui/notify.ts";
import { useDeed } from "../../ui/use-deed.ts";
import { useNow } from "../../ui/use-now.ts";
import { useRevisions } from "../history/use-revisions.ts";
import { FormSection } from "../identity-stores/form-section.tsx";
import { StoreHeader } from "../identity-stores/store-header.tsx";
import { WorkHere } from "../running-work/work-here.tsx";
import { BundleChoice } from "./bundle-choice.tsx";
import { ComparisonResult } from "./comparison-result.tsx";
import { SideChoice } from "./side-choice.tsx";
import { sideOf, type OpenFile } from "./sides.ts";
import { useComparison, type AskedSides } from "./use-comparison.ts";
import { useAsked, useSides, type ChosenSides } from "./use-sides.ts";

const useStyles = makeStyles({
  stack: { display: "flex", flexDirection: "column", gap: "12px" },
  sides: { display: "grid", gridTemplateColumns: "repeat(auto-fit, minmax(min(260px, 100%), 1fr))", gap: "6px 24px", "& select": { minWidth: "0", width: "100%" }, "& > *, & .fui-Select": { minWidth: "0" } },
  row: { display: "flex", flexWrap: "wrap", alignItems: "center", gap: "8px" },
  quiet: { color: tokens.colorNeutralForeground2 },
});

/** What was seen at the daily look, before anything is compared. */
function DriftLine({ storeId }: { readonly storeId: string }) {
  const styles = useStyles();
  const now = useNow();
  const drift = useStore(storesList, (state) => state.entries.get(storeId)?.drift ?? null);
  return drift === null ? null : <Text className={styles.quiet}>{say("comparison.drift-line", { drift: driftWords(drift), time: moment(drift.at, now) })}</Text>;
}

export function ComparisonPage({ storeId }: { readonly storeId: string }) {
  const styles = useStyles();
  const notify = useNotify();
  const store = useStore(storesList, (state) => state.entries.get(storeId));
  const { page, fault: unlisted, more, reload } = useRevisions(storeId, null, "");
  const { sides, choose, asked } = useSides(storeId);
  const [open, setOpen] = useState<OpenFile | null>(null);
  const nameOf = (text: string, probed: ProbedStore | null) => {
    const side = sideOf(text, open);
    return text === "bundle" || side === null ? (open?.file.name ?? "") : sideName(side, probed);
  };
  const askedOf = ({ left: from, right: to }: ChosenSides): AskedSides | null => {
    const [left, right] = [sideOf(from, open), sideOf(to, open)];
    return left === null || right === null ? null : { left, right, namesBy: (probed) => ({ left: nameOf(from, probed), right: nameOf(to, probed) }) };
  };
  const { running, outcome, fault, compare } = useComparison(storeId, askedOf(sides));
  const begin = (wanted: ChosenSides) => {
    const both = askedOf(wanted);
    if (both !== null) void compare(both);
  };
  useAsked(asked, begin);
  const isCancelled = fault?.kind === "cancelled";
  useAnnounced(isCancelled ? say("comparison.stopped") : null);
  const takeOver = useDeed(async (seen: string, shown: AskedSides) => {
    const taken = await ask(() => client().comparison.takeOver({ storeId, seen }));
    notify(taken.ok ? { text: say("comparison.taken-over") } : { text: explain(taken.fault).sentence, intent: "error" });
    if (taken.ok) await compare(shown);
  });
  const choice = { store, revisions: page?.revisions ?? [], open };
  return (
    <>
      <StoreHeader storeId={storeId} title={say("comparison.title")} intro={say("comparison.intro")} />
      <div className={styles.stack}>
        <DriftLine storeId={storeId} />
        <FormSection title={say("comparison.sides")}>
          <div className={styles.sides}>
            <SideChoice {...choice} label={say("comparison.left")} value={sides.left} onChoose={(left) => choose({ left })} />
            <SideChoice {...choice} label={say("comparison.right")} value={sides.right} onChoose={(right) => choose({ right })} />
          </div>
          <BundleChoice
            storeId={storeId}
            disabled={running}
            onOpened={(opened) => {
              setOpen(opened);
              choose({ right: "bundle" });
            }}
          />
          <div className={styles.row}>
            <Button appearance="primary" disabledFocusable={running} onClick={() => (running ? undefined : begin(sides))}>
              {say("comparison.compare")}
            </Button>
            <Button icon={<ArrowSwapRegular />} onClick={() => choose({ left: sides.right, right: sides.left })}>
              {say("comparison.exchange")}
            </Button>
            {page !== null && page.next !== null && <Button onClick={more}>{say("comparison.more-revisions")}</Button>}
          </div>
          {unlisted !== null && (
            <ErrorBox fault={unlisted}>
              <Button size="small" onClick={reload}>
                {say("history.retry")}
              </Button>
            </ErrorBox>
          )}
        </FormSection>
        <WorkHere />
        {isCancelled && <Text>{say("comparison.stopped")}</Text>}
        {fault !== null && !isCancelled && <ErrorBox fault={fault} />}
        {outcome !== null && <ComparisonResult comparison={outcome.comparison} {...outcome.asked.namesBy(outcome.comparison.probed)} onTakeOver={(seen) => void takeOver(seen, outcome.asked)} />}
      </div>
    </>
  );
}
