/** Home: every identity store with its state, and the way to a first one. */
import { Button, Spinner, makeStyles } from "@fluentui/react-components";
import { AddRegular, OrganizationRegular } from "@fluentui/react-icons";
import { useMemo, useState } from "react";
import { useStore } from "zustand";
import type { Fault } from "../../../shared/fault.ts";
import { navigate } from "../../stores/navigation.ts";
import { session } from "../../stores/session.ts";
import { storesList } from "../../stores/stores-list.ts";
import { say } from "../../text/text.ts";
import { DelayedLoading } from "../../ui/delayed-loading.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { ErrorBox } from "../../ui/error-box.tsx";
import { Part } from "../../ui/boundary.tsx";
import { later } from "../../ui/later.ts";
import { useNotify } from "../../ui/notify.tsx";
import { PageHeader } from "../../ui/page-header.tsx";
import { openPractice } from "./open-practice.ts";
import type { StoreQuestion } from "./store-dialogs.tsx";
import { StoresGrid } from "./stores-grid.tsx";

const StoreDialogs = later(async () => (await import("./store-dialogs.tsx")).StoreDialogs);

const useStyles = makeStyles({
  stack: { display: "flex", flexDirection: "column", gap: "12px" },
});

const addStore = () => void navigate({ page: "new-store" });

function FirstStore() {
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
      {fault !== null && <ErrorBox fault={fault} />}
      <EmptyState icon={<OrganizationRegular />} title={say("identity-stores.empty-title")} text={text}>
        <Button appearance="primary" onClick={addStore}>
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

export function IdentityStoresPage() {
  const styles = useStyles();
  const { entries, freshness } = useStore(storesList);
  const [question, setQuestion] = useState<StoreQuestion | null>(null);
  const stores = useMemo(() => [...entries.values()], [entries]);
  const empty = freshness !== "loading" && entries.size === 0;
  return (
    <>
      <PageHeader title={say("identity-stores.title")}>
        {!empty && (
          <Button appearance="primary" icon={<AddRegular />} onClick={addStore}>
            {say("identity-stores.new")}
          </Button>
        )}
      </PageHeader>
      <div className={styles.stack}>
        {freshness === "loading" && <DelayedLoading label={say("identity-stores.loading")} />}
        {empty && <FirstStore />}
        {stores.length > 0 && <StoresGrid stores={stores} onQuestion={setQuestion} />}
      </div>
      <Part>{question !== null && <StoreDialogs question={question} onDone={() => setQuestion(null)} />}</Part>
    </>
  );
}
