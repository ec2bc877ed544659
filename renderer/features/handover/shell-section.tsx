/** The ticked identity stores as scripts for the product's own management shell. */
import { Button, makeStyles, tokens } from "@fluentui/react-components";
import { useState } from "react";
import { useStore } from "zustand";
import type { HandedStore } from "../../../shared/contract/handover.ts";
import type { Fault } from "../../../shared/fault.ts";
import { ask } from "../../host/ask.ts";
import { client } from "../../host/client.ts";
import { session } from "../../stores/session.ts";
import { formatDate } from "../../text/format.ts";
import { shellScript, type ShellDeed } from "../../text/management-shell/script.ts";
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

const DEEDS: readonly ShellDeed[] = ["apply", "undo"];

export function ShellSection({ stores }: { readonly stores: readonly HandedStore[] }) {
  const styles = useStyles();
  const hello = useStore(session, (state) => state.hello);
  const [fault, setFault] = useState<Fault | null>(null);
  const [working, setWorking] = useState(false);
  const save = useDeed(async (deed: ShellDeed) => {
    if (stores.length === 0 || hello === null) return;
    setWorking(true);
    const told = await ask(() => client().handover.shell({ storeIds: stores.map(({ id }) => id) }));
    setWorking(false);
    setFault(told.ok ? null : told.fault);
    if (!told.ok) return;
    const at = Date.now();
    download(`${say(`management-shell.file-${deed}`, { date: formatDate(at) })}.ps1`, shellScript(deed, { stores: told.value, at, version: hello.version }), "text/plain;charset=utf-8");
    announce(say("management-shell.saved"));
  });
  return (
    <FormSection title={say("management-shell.section")}>
      <p className={styles.quiet}>{say("management-shell.hint")}</p>
      <div className={styles.row}>
        {DEEDS.map((deed) => (
          <Button key={deed} disabledFocusable={stores.length === 0 || working} onClick={() => void save(deed)}>
            {say(`management-shell.save-${deed}`)}
          </Button>
        ))}
      </div>
      {fault !== null && <ErrorBox fault={fault} />}
    </FormSection>
  );
}
