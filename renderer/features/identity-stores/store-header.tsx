/** The head of a page of one identity store, which it names: several windows and tabs stand side by side. */
import { Button, MessageBar, MessageBarActions, MessageBarBody, MessageBarTitle, makeStyles, tokens } from "@fluentui/react-components";
import type { ReactNode } from "react";
import { useStore } from "zustand";
import { storesList } from "../../stores/stores-list.ts";
import { formatTime } from "../../text/format.ts";
import { say } from "../../text/text.ts";
import { PageHeader } from "../../ui/page-header.tsx";
import { useSetPrepareOnly } from "./set-prepare-only.ts";

interface StoreHeaderProps {
  readonly storeId: string;
  readonly title: string;
  readonly intro?: string;
  readonly children?: ReactNode;
}

const useStyles = makeStyles({
  bar: { marginBottom: "16px" },
  editing: { margin: "-8px 0 16px", color: tokens.colorNeutralForeground2 },
});

/** Who else has unsaved work on the store. It locks nobody out: who saves second is asked. */
function Editing({ storeId }: { readonly storeId: string }) {
  const styles = useStyles();
  const editing = useStore(storesList, (state) => state.entries.get(storeId)?.editing ?? null);
  if (editing === null || editing.length === 0) return null;
  return (
    <p className={styles.editing} data-editing>
      {editing.map(({ who, at }) => say("identity-stores.editing", { who, time: formatTime(at) })).join(" ")}
    </p>
  );
}

/** That nothing is asked for the store, and the way out of that. */
export function PreparedOnly({ storeId }: { readonly storeId: string }) {
  const styles = useStyles();
  const store = useStore(storesList, (state) => state.entries.get(storeId));
  const setPrepareOnly = useSetPrepareOnly();
  if (store?.prepareOnly !== true) return null;
  return (
    <MessageBar className={styles.bar} intent="info" layout="multiline">
      <MessageBarBody>
        <MessageBarTitle>{say("identity-stores.prepare-only")}</MessageBarTitle>
        {say("identity-stores.prepare-only-text")}
      </MessageBarBody>
      <MessageBarActions>
        <Button size="small" onClick={() => void setPrepareOnly(store, false)}>
          {say("identity-stores.prepare-only-end")}
        </Button>
      </MessageBarActions>
    </MessageBar>
  );
}

export function StoreHeader({ storeId, ...header }: StoreHeaderProps) {
  const name = useStore(storesList, (state) => state.entries.get(storeId)?.name);
  return (
    <>
      <PageHeader {...header} {...(name === undefined ? {} : { of: name })} />
      <Editing storeId={storeId} />
      <PreparedOnly storeId={storeId} />
    </>
  );
}
