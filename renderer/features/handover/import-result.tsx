/** What came of an import, store by store, with the way to each and what is still to be entered. */
import { makeStyles, tokens } from "@fluentui/react-components";
import type { ImportedStore } from "../../../shared/contract/handover.ts";
import { say } from "../../text/text.ts";
import { FormSection } from "../identity-stores/form-section.tsx";
import { PageLink } from "../links/page-link.tsx";
import type { ImportOutcome } from "./import-state.ts";
import { importWords, reasonOf, secretList } from "./words.ts";

const useStyles = makeStyles({
  sum: { margin: "0" },
  list: { listStyleType: "none", margin: "0", padding: "0", display: "flex", flexDirection: "column" },
  entry: { display: "flex", flexDirection: "column", alignItems: "flex-start", gap: "2px", padding: "6px 0", borderTop: `1px solid ${tokens.colorNeutralStroke2}`, overflowWrap: "anywhere" },
  name: { fontWeight: tokens.fontWeightSemibold },
});

function outcomeWords({ outcome, revision, fault }: ImportedStore): string {
  if (outcome === "refused") return fault === null ? say("handover.state-refused") : say("handover.refused-because", { reason: reasonOf(fault) });
  return outcome === "saved" && revision !== null ? say("handover.outcome-saved-as", { revision }) : say(`handover.outcome-${outcome}`);
}

/** What did not go as it should comes first: among hundreds nobody would see it. */
const ORDER: readonly ImportedStore["outcome"][] = ["refused", "draft", "created", "saved", "same"];

export function ImportResult({ outcome: { fileName, bundle, stores } }: { readonly outcome: ImportOutcome }) {
  const styles = useStyles();
  const messagingOf = (place: number) => bundle.stores.find((store) => store.place === place)?.messaging ?? null;
  const shown = stores.toSorted((a, b) => ORDER.indexOf(a.outcome) - ORDER.indexOf(b.outcome) || a.place - b.place);
  return (
    <FormSection title={say("handover.section-result", { file: fileName })}>
      <p className={styles.sum}>{importWords(stores)}</p>
      <ul className={styles.list} aria-label={say("handover.result-stores")}>
        {shown.map((store) => (
          <li key={store.place} className={styles.entry}>
            {store.id === null ? <span className={styles.name}>{store.name}</span> : <PageLink to={{ page: "store", id: store.id, section: "messaging-system" }}>{store.name}</PageLink>}
            <span>{outcomeWords(store)}</span>
            {store.missing.length > 0 && store.outcome !== "refused" && <span>{say("handover.still-to-enter", { secrets: secretList(messagingOf(store.place), store.missing) })}</span>}
          </li>
        ))}
      </ul>
    </FormSection>
  );
}
