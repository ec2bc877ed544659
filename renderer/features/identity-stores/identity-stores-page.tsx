/** Home: every identity store with its state, and the way to a first one. Its frame is the first thing on the screen; the rest is fetched meanwhile. */
import { Button, makeStyles } from "@fluentui/react-components";
import { AddRegular } from "@fluentui/react-icons";
import { useStore } from "zustand";
import { navigate } from "../../stores/navigation.ts";
import { storesList } from "../../stores/stores-list.ts";
import { say } from "../../text/text.ts";
import { DelayedLoading } from "../../ui/delayed-loading.tsx";
import { soon } from "../../ui/later.ts";
import { PageHeader } from "../../ui/page-header.tsx";

const FirstStore = soon(async () => (await import("./first-store.tsx")).FirstStore);
const StoresBoard = soon(async () => (await import("./stores-board.tsx")).StoresBoard);

const useStyles = makeStyles({ stack: { display: "flex", flexDirection: "column", gap: "12px" } });

export function IdentityStoresPage() {
  const styles = useStyles();
  /** Null until main has said. */
  const stores = useStore(storesList, ({ freshness, entries }) => (freshness === "loading" ? null : entries.size));
  return (
    <>
      <PageHeader title={say("identity-stores.title")}>
        {stores !== null && stores > 0 && (
          <Button appearance="primary" icon={<AddRegular />} onClick={() => void navigate({ page: "new-store" })}>
            {say("identity-stores.new")}
          </Button>
        )}
      </PageHeader>
      <div className={styles.stack}>
        {stores === null && <DelayedLoading label={say("identity-stores.loading")} />}
        {stores === 0 && <FirstStore />}
        {stores !== null && stores > 0 && <StoresBoard />}
      </div>
    </>
  );
}
