/** One identity store of a file beside what is here: what importing it would do, and where it goes. */
import { Button, Checkbox, Field, Select, makeStyles, tokens } from "@fluentui/react-components";
import { ChevronDownRegular, ChevronRightRegular } from "@fluentui/react-icons";
import { memo, useId, useState } from "react";
import type { ComparedStore } from "../../../shared/contract/handover.ts";
import { say } from "../../text/text.ts";
import { ChangeTable } from "../../ui/change-table.tsx";
import { importAsNew, mayImport, tick } from "./import-state.ts";
import { reasonOf, secretList, storeWords } from "./words.ts";

const useStyles = makeStyles({
  entry: { padding: "8px 0", borderTop: `1px solid ${tokens.colorNeutralStroke2}`, overflowWrap: "anywhere", "& .fui-Checkbox__label": { fontWeight: tokens.fontWeightSemibold } },
  body: { display: "flex", flexDirection: "column", alignItems: "flex-start", gap: "4px", paddingLeft: "32px" },
  facts: { display: "flex", flexDirection: "column", gap: "2px" },
  quiet: { color: tokens.colorNeutralForeground2 },
  choice: { width: "320px", maxWidth: "100%" },
  table: { alignSelf: "stretch" },
});

function stateWords({ state, changes, fault }: ComparedStore, isNew: boolean): string {
  if (state === "refused") return fault === null ? say("handover.state-refused") : say("handover.refused-because", { reason: reasonOf(fault) });
  if (isNew || state === "added") return say("handover.state-added");
  if (state === "same") return say("handover.state-same");
  return changes.length === 0 ? say("handover.state-incomplete") : say("handover.state-changed", { count: changes.length });
}

function Changes({ store }: { readonly store: ComparedStore }) {
  const styles = useStyles();
  const [open, setOpen] = useState(false);
  const id = useId();
  const count = store.changes.length;
  // Of a new one everything would be a change.
  const words = store.state === "added" ? "fields" : "changes";
  return (
    <>
      <Button
        size="small"
        appearance="subtle"
        icon={open ? <ChevronDownRegular /> : <ChevronRightRegular />}
        aria-expanded={open}
        aria-controls={open ? id : undefined}
        aria-label={say(`handover.${words}-of`, { count, name: store.name })}
        onClick={() => setOpen(!open)}
      >
        {say(`handover.${words}`, { count })}
      </Button>
      {open && (
        <div id={id} className={styles.table}>
          <ChangeTable label={say(`handover.${words}-of`, { count, name: store.name })} changes={store.changes} before={say("handover.here")} after={say("handover.in-file")} kinds="handover" />
        </div>
      )}
    </>
  );
}

interface ComparedEntryProps {
  readonly store: ComparedStore;
  readonly ticked: boolean;
  /** It is to be a new store, although it is here. */
  readonly isNew: boolean;
  readonly disabled: boolean;
}

export const ComparedEntry = memo(function ComparedEntry({ store, ticked, isNew, disabled }: ComparedEntryProps) {
  const styles = useStyles();
  const facts = useId();
  const { place, name, match, missing } = store;
  const can = mayImport(store);
  return (
    <li className={styles.entry}>
      <Checkbox label={name} checked={ticked} disabled={!can || disabled} aria-describedby={facts} onChange={(_event, data) => tick(place, data.checked === true)} />
      <div className={styles.body}>
        <div id={facts} className={styles.facts}>
          <span>{stateWords(store, isNew)}</span>
          <span className={styles.quiet}>{storeWords(store)}</span>
          {match !== null && <span className={styles.quiet}>{say(`handover.match-${match.by}`, { name: match.name })}</span>}
          {can && missing.length > 0 && <span>{say("handover.comes-as-draft", { secrets: secretList(store.messaging, missing) })}</span>}
          {can && store.hasDraft && !isNew && <span>{say("handover.draft-here")}</span>}
        </div>
        {can && match !== null && (
          <Field className={styles.choice} label={say("handover.import-as")}>
            <Select aria-label={say("handover.import-as-of", { name })} disabled={disabled} value={isNew ? "new" : "match"} onChange={(_event, data) => importAsNew(place, data.value === "new")}>
              <option value="match">{say("handover.as-match", { name: match.name })}</option>
              <option value="new">{say("handover.as-new")}</option>
            </Select>
          </Field>
        )}
        {!isNew && store.changes.length > 0 && <Changes store={store} />}
      </div>
    </li>
  );
});
