/** What stands in place of the list while there is no identity store: the way to a first one. */
import { Button, makeStyles } from "@fluentui/react-components";
import { OrganizationRegular } from "@fluentui/react-icons";
import { useState } from "react";
import { useStore } from "zustand";
import type { Fault } from "../../../shared/fault.ts";
import { navigate } from "../../stores/navigation.ts";
import { session } from "../../stores/session.ts";
import { say } from "../../text/text.ts";
import { Part } from "../../ui/boundary.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { later, soon } from "../../ui/later.ts";
import { useNotify } from "../../ui/notify.ts";
import { openPractice } from "./open-practice.ts";

const Spinner = soon(async () => (await import("../../ui/spinner.ts")).Spinner);
const ErrorBox = later(async () => (await import("../../ui/error-box.tsx")).ErrorBox);

const useStyles = makeStyles({ stack: { display: "flex", flexDirection: "column", gap: "12px" } });

export function FirstStore() {
  const notify = useNotify();
  const practice = useStore(session, (state) => state.hello?.practice ?? false);
  const [opening, setOpening] = useState(false);
  const [fault, setFault] = useState<Fault | null>(null);
  const styles = useStyles();
  const open = async () => {
    setOpening(true);
    const result = await openPractice();
    setOpening(false);
    setFault(result.ok ? null : result.fault);
    if (result.ok && result.value === "window") notify({ text: say("identity-stores.practice-opened"), intent: "info" });
  };
  const text = practice ? `${say("identity-stores.empty-text")} ${say("identity-stores.empty-practice-text")}` : say("identity-stores.empty-text");
  return (
    <div className={styles.stack}>
      <Part>{fault !== null && <ErrorBox fault={fault} />}</Part>
      <EmptyState icon={<OrganizationRegular />} title={say("identity-stores.empty-title")} text={text}>
        <Button appearance="primary" onClick={() => void navigate({ page: "new-store" })}>
          {say("identity-stores.empty-add")}
        </Button>
        {!practice && (
          <Button disabledFocusable={opening} icon={opening ? <Spinner size="tiny" /> : null} onClick={() => void open()}>
            {say(opening ? "identity-stores.practice-opening" : "identity-stores.empty-practice")}
          </Button>
        )}
        <Button appearance="transparent" onClick={() => void navigate({ page: "certificate-bench" })}>
          {say("identity-stores.empty-certificate")}
        </Button>
      </EmptyState>
    </div>
  );
}
