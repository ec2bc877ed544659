/** The subscriptions as a table, with a box to search them where they are many. */
import { SearchBox, Text, makeStyles, tokens } from "@fluentui/react-components";
import { useMemo, useRef, useState } from "react";
import type { Subscription } from "../../../shared/model/subscription.ts";
import { inOrder } from "../../../shared/rules/subscription.ts";
import { formatCount } from "../../text/format.ts";
import { say } from "../../text/text.ts";
import { DataTable } from "../../ui/data-table.tsx";
import { useShortcut } from "../../ui/use-shortcut.ts";
import { SubscriptionRow } from "./subscription-row.tsx";
import { matching } from "./words.ts";

/** So many are seen at a glance. */
const GLANCE = 5;

const useStyles = makeStyles({
  stack: { display: "flex", flexDirection: "column", gap: "8px" },
  tools: { display: "flex", flexWrap: "wrap", alignItems: "center", gap: "8px 12px" },
  search: { width: "320px", maxWidth: "100%" },
  quiet: { color: tokens.colorNeutralForeground2 },
});

export function SubscriptionTable({ subscriptions }: { readonly subscriptions: readonly Subscription[] }) {
  const styles = useStyles();
  const [search, setSearch] = useState("");
  const tools = useRef<HTMLDivElement>(null);
  const ordered = useMemo(() => inOrder(subscriptions), [subscriptions]);
  const searchable = ordered.length > GLANCE;
  const shown = searchable ? matching(ordered, search) : ordered;
  useShortcut("Control+F", searchable ? () => tools.current?.querySelector("input")?.focus() : null);
  const columns = [
    { title: say("subscriptions.column-product") },
    { title: say("subscriptions.column-owned"), width: "84px", numeric: true },
    { title: say("subscriptions.column-used"), width: "84px", numeric: true },
    { title: say("subscriptions.column-free"), width: "84px", numeric: true },
    { title: say("subscriptions.column-mailbox"), width: "88px" },
    { title: say("subscriptions.column-state"), width: "23%" },
  ];
  return (
    <div className={styles.stack}>
      {searchable && (
        <div ref={tools} className={styles.tools}>
          <SearchBox
            className={styles.search}
            aria-label={say("subscriptions.search")}
            placeholder={say("subscriptions.search")}
            value={search}
            maxLength={200}
            spellCheck={false}
            autoComplete="off"
            onChange={(_event, data) => setSearch(data.value)}
          />
          <output className={styles.quiet}>{search.trim() === "" ? "" : say("ui.grid-shown", { shown: formatCount(shown.length), total: formatCount(ordered.length) })}</output>
        </div>
      )}
      {shown.length === 0 ? (
        <Text>{say("subscriptions.none-found")}</Text>
      ) : (
        <DataTable label={say("subscriptions.list")} columns={columns}>
          {shown.map((subscription) => (
            <SubscriptionRow key={subscription.id} subscription={subscription} columns={columns.length} />
          ))}
        </DataTable>
      )}
    </div>
  );
}
