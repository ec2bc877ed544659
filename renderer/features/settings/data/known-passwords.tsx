/** The passwords that a console knew which was taken out: they are to be changed where they are used. */
import { Button, makeStyles } from "@fluentui/react-components";
import { useEffect, useRef } from "react";
import { useStore } from "zustand";
import type { StoreSummary } from "../../../../shared/model/identity-store.ts";
import { storesList } from "../../../stores/stores-list.ts";
import { say } from "../../../text/text.ts";
import { CopyButton } from "../../../ui/copy-button.tsx";
import { DataCell, DataRow, DataTable } from "../../../ui/data-table.tsx";
import { PageLink } from "../../links/page-link.tsx";
import { Card } from "../cards.tsx";
import { knownPasswords, type Known } from "./team-work.ts";
import { secretName } from "./words.ts";

const useStyles = makeStyles({
  text: { margin: "0", maxWidth: "70ch" },
  row: { display: "flex", flexWrap: "wrap", alignItems: "center", gap: "8px" },
});

interface Entry {
  readonly key: string;
  readonly name: string;
  /** Null for a store that is gone. */
  readonly id: string | null;
  readonly secret: string;
}

/** A store is named by its id, and by its name where it is known by no other. */
function entriesOf({ secrets }: Known, stores: ReadonlyMap<string, StoreSummary>): readonly Entry[] {
  return secrets.map(({ store, secret }, index) => {
    const found = stores.get(store) ?? [...stores.values()].find(({ name }) => name === store);
    return { key: `${index}`, name: found?.name ?? store, id: found?.id ?? null, secret: secretName(secret) };
  });
}

export function KnownPasswords() {
  const known = useStore(knownPasswords, (state) => state.known);
  return known === null ? null : <List key={known.label} known={known} />;
}

function List({ known }: { readonly known: Known }) {
  const styles = useStyles();
  const stores = useStore(storesList, (state) => state.entries);
  const heading = useRef<HTMLHeadingElement | null>(null);
  // Once the dialog that brought it has given the focus back.
  useEffect(() => {
    const timer = setTimeout(() => heading.current?.focus());
    return () => clearTimeout(timer);
  }, []);
  const entries = entriesOf(known, stores);
  const [store, secret] = [say("data.column-store"), say("data.column-secret")];
  return (
    <Card title={say("data.known-title", { label: known.label })} heading={heading}>
      <p className={styles.text}>{say("data.known-text")}</p>
      <DataTable label={say("data.known-list")} columns={[{ title: store }, { title: secret }]}>
        {entries.map(({ key, name, id, secret: words }) => (
          <DataRow key={key}>
            <DataCell title={store}>{id === null ? name : <PageLink to={{ page: "store", id, section: "messaging-system" }}>{name}</PageLink>}</DataCell>
            <DataCell title={secret}>{words}</DataCell>
          </DataRow>
        ))}
      </DataTable>
      <div className={styles.row}>
        <CopyButton text={entries.map(({ name, secret: words }) => `${name}: ${words}`).join("\n")} label={say("data.known-copy")} />
        <Button size="small" onClick={() => knownPasswords.setState({ known: null })}>
          {say("data.known-done")}
        </Button>
      </div>
    </Card>
  );
}
