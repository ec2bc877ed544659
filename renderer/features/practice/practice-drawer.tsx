/** Breaks and mends the practice organisation, and says what to type into the forms. Stands beside the page, so that one sees what happens. */
import { Button, makeStyles, tokens } from "@fluentui/react-components";
import { ArrowResetRegular, DismissRegular } from "@fluentui/react-icons";
import { useEffect, useMemo, useState } from "react";
import { useStore } from "zustand";
import type { PracticeComponent } from "../../../shared/contract/practice.ts";
import type { Fault } from "../../../shared/fault.ts";
import { ask } from "../../host/ask.ts";
import { client } from "../../host/client.ts";
import { followPractice, practiceComponents } from "../../stores/practice.ts";
import { say } from "../../text/text.ts";
import { DelayedLoading } from "../../ui/delayed-loading.tsx";
import { ErrorBox } from "../../ui/error-box.tsx";
import { useNotify } from "../../ui/notify.ts";
import { SMALL_WINDOW } from "../../ui/small-window.ts";
import { AddServerDialog } from "./add-server-dialog.tsx";
import { PracticeAccount, PracticeForms, usePracticeFacts } from "./practice-facts.tsx";
import { PracticePart } from "./practice-part.tsx";

const GROUPS = ["server", "directory", "cloud", "smtp", "network"] as const;

const useStyles = makeStyles({
  drawer: {
    width: "320px",
    flexShrink: 0,
    boxSizing: "border-box",
    overflowY: "auto",
    backgroundColor: tokens.colorNeutralBackground1,
    borderLeft: `1px solid ${tokens.colorNeutralStroke2}`,
    [SMALL_WINDOW]: { width: "auto", borderLeft: "none", borderTop: `1px solid ${tokens.colorNeutralStroke2}` },
  },
  head: { display: "flex", alignItems: "center", justifyContent: "space-between", gap: "8px", padding: "12px 8px 4px 16px" },
  title: { margin: "0", fontSize: tokens.fontSizeBase400, lineHeight: tokens.lineHeightBase400, fontWeight: tokens.fontWeightSemibold },
  body: { display: "flex", flexDirection: "column", gap: "10px", padding: "0 16px 16px" },
  intro: { margin: "0", color: tokens.colorNeutralForeground2 },
  heading: { margin: "6px 0 0", fontSize: tokens.fontSizeBase300, lineHeight: tokens.lineHeightBase300, fontWeight: tokens.fontWeightSemibold },
  list: { listStyleType: "none", margin: "0", padding: "0", display: "flex", flexDirection: "column" },
});

function groupOf({ kind }: PracticeComponent): (typeof GROUPS)[number] {
  return kind === "server" || kind === "directory" || kind === "network" || kind === "smtp" ? kind : "cloud";
}

/** Stands beside the page while it is mounted. */
export function PracticeDrawer({ onClose }: { readonly onClose: () => void }) {
  const styles = useStyles();
  const notify = useNotify();
  const { entries, freshness } = useStore(practiceComponents);
  const [fault, setFault] = useState<Fault | null>(null);
  const [adding, setAdding] = useState(false);
  const facts = usePracticeFacts();
  useEffect(() => followPractice(), []);
  const parts = useMemo(() => [...entries.values()], [entries]);

  const run = async (verb: string, target: string | null, argument: string | null) => {
    const result = await ask(() => client().practice.run({ verb, target, argument }));
    setFault(result.ok ? null : result.fault);
    if (result.ok && verb === "reset") notify({ text: say("practice.reset-done") });
  };
  const choose = (verb: string, target: string) => {
    if (verb === "add") setAdding(true);
    else void run(verb, target, null);
  };

  return (
    <aside className={styles.drawer} data-pane="practice" aria-label={say("practice.title")}>
      <div className={styles.head}>
        <h2 className={styles.title}>{say("practice.title")}</h2>
        <Button appearance="subtle" icon={<DismissRegular />} aria-label={say("practice.close")} onClick={onClose} />
      </div>
      <div className={styles.body}>
        <p className={styles.intro}>{say("practice.intro")}</p>
        <div>
          <Button icon={<ArrowResetRegular />} onClick={() => void run("reset", null, null)}>
            {say("practice.reset-all")}
          </Button>
        </div>
        {fault !== null && <ErrorBox fault={fault} />}
        {facts !== null && <PracticeAccount facts={facts} />}
        {freshness === "loading" && <DelayedLoading label={say("practice.loading")} />}
        {GROUPS.map((group) => {
          const members = parts.filter((part) => groupOf(part) === group);
          if (members.length === 0) return null;
          return (
            <section key={group} aria-label={say(`practice.group-${group}`)}>
              <h3 className={styles.heading}>{say(`practice.group-${group}`)}</h3>
              <ul className={styles.list}>
                {members.map((part) => (
                  <PracticePart key={part.id} part={part} onVerb={choose} />
                ))}
              </ul>
            </section>
          );
        })}
        {facts !== null && <PracticeForms facts={facts} />}
      </div>
      <AddServerDialog
        open={adding}
        onAnswer={(argument) => {
          setAdding(false);
          if (argument !== null) void run("add", null, argument);
        }}
      />
    </aside>
  );
}
