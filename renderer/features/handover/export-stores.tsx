/** Which identity stores go into the file, and what of each. */
import { Checkbox, makeStyles, tokens } from "@fluentui/react-components";
import { WarningRegular } from "@fluentui/react-icons";
import { memo, useId, useState } from "react";
import type { HandedStore } from "../../../shared/contract/handover.ts";
import { formatCount } from "../../text/format.ts";
import { say } from "../../text/text.ts";
import { ShowMore } from "../../ui/show-more.tsx";
import { secretList, storeWords } from "./words.ts";

const useStyles = makeStyles({
  list: { listStyleType: "none", margin: "0", padding: "0", display: "flex", flexDirection: "column", gap: "8px" },
  head: { display: "flex", flexWrap: "wrap", alignItems: "center", columnGap: "16px" },
  quiet: { color: tokens.colorNeutralForeground2 },
  entry: { overflowWrap: "anywhere", "& .fui-Checkbox__label": { fontWeight: tokens.fontWeightSemibold } },
  facts: { display: "flex", flexDirection: "column", gap: "2px", paddingLeft: "32px", color: tokens.colorNeutralForeground2 },
  warning: { display: "flex", alignItems: "flex-start", gap: "6px", color: tokens.colorNeutralForeground1 },
  mark: { flexShrink: 0, marginTop: "2px" },
});

/** So many are shown at once: thousands of rows would hold the page up. */
const PAGE = 100;

function Warning({ text }: { readonly text: string }) {
  const styles = useStyles();
  return (
    <span className={styles.warning}>
      <WarningRegular className={styles.mark} aria-hidden="true" />
      <span>{text}</span>
    </span>
  );
}

interface EntryProps {
  readonly store: HandedStore;
  readonly ticked: boolean;
  readonly sealed: boolean;
  readonly onTick: (id: string, ticked: boolean) => void;
}

const Entry = memo(function Entry({ store, ticked, sealed, onTick }: EntryProps) {
  const styles = useStyles();
  const facts = useId();
  const going = store.secrets.filter((name) => !store.unreadable.includes(name));
  return (
    <li className={styles.entry}>
      <Checkbox label={store.name} checked={ticked} aria-describedby={facts} onChange={(_event, data) => onTick(store.id, data.checked === true)} />
      <div id={facts} className={styles.facts}>
        <span>
          {storeWords(store)}, {say("handover.servers", { count: store.servers })}
        </span>
        {store.secrets.length === 0 && <span>{say("handover.secrets-none")}</span>}
        {going.length > 0 && <span>{say(sealed ? "handover.secrets-in" : "handover.secrets-left", { secrets: secretList(store.messaging, going) })}</span>}
        {store.unreadable.length > 0 && <Warning text={say("handover.secrets-unreadable", { secrets: secretList(store.messaging, store.unreadable) })} />}
        {store.hasDraft && <Warning text={say("handover.has-draft")} />}
      </div>
    </li>
  );
});

interface ExportStoresProps {
  readonly stores: readonly HandedStore[];
  /** Identifiers of those that are left out. */
  readonly left: ReadonlySet<string>;
  readonly sealed: boolean;
  readonly onTick: (id: string, ticked: boolean) => void;
  readonly onTickAll: (ticked: boolean) => void;
}

export function ExportStores({ stores, left, sealed, onTick, onTickAll }: ExportStoresProps) {
  const styles = useStyles();
  const [most, setMost] = useState(PAGE);
  const chosen = stores.filter(({ id }) => !left.has(id)).length;
  const all = chosen === stores.length ? true : chosen === 0 ? false : "mixed";
  return (
    <>
      <div className={styles.head}>
        <Checkbox label={say("handover.stores-all")} checked={all} onChange={(_event, data) => onTickAll(data.checked === true)} />
        <span className={styles.quiet}>{say("handover.stores-chosen", { chosen: formatCount(chosen), total: formatCount(stores.length) })}</span>
      </div>
      <ul className={styles.list} aria-label={say("handover.stores")}>
        {stores.slice(0, most).map((store) => (
          <Entry key={store.id} store={store} ticked={!left.has(store.id)} sealed={sealed} onTick={onTick} />
        ))}
      </ul>
      <ShowMore shown={Math.min(most, stores.length)} hasMore={most < stores.length} onMore={() => setMost(most + PAGE)} />
    </>
  );
}
