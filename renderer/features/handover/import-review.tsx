/** What an opened file holds, and which of it is to be imported. */
import { Button, Checkbox, makeStyles, tokens } from "@fluentui/react-components";
import { useId, useState } from "react";
import { useStore } from "zustand";
import type { OpenedBundle } from "../../../shared/contract/handover.ts";
import { formatDateTime } from "../../text/format.ts";
import { say } from "../../text/text.ts";
import { announce } from "../../ui/announce.ts";
import { ShowMore } from "../../ui/show-more.tsx";
import { useDeed } from "../../ui/use-deed.ts";
import { FormSection } from "../identity-stores/form-section.tsx";
import { Fact, Facts } from "../settings/cards.tsx";
import { ComparedEntry } from "./compared-entry.tsx";
import { applyBundle, imports, meetsDraft } from "./import-state.ts";
import { importWords } from "./words.ts";

const useStyles = makeStyles({
  list: { listStyleType: "none", margin: "0", padding: "0", display: "flex", flexDirection: "column" },
  row: { display: "flex", flexWrap: "wrap", alignItems: "center", gap: "8px 16px" },
  quiet: { color: tokens.colorNeutralForeground2 },
});

/** So many are shown at once: thousands of rows would hold the page up. */
const PAGE = 50;

function Head({ bundle }: { readonly bundle: OpenedBundle }) {
  return (
    <Facts>
      <Fact term={say("handover.made-by")}>{bundle.createdBy}</Fact>
      <Fact term={say("handover.made-at")}>{formatDateTime(Date.parse(bundle.createdAt))}</Fact>
      <Fact term={say("handover.made-with")}>{bundle.application}</Fact>
      <Fact term={say("handover.protected")}>{say(`handover.sealed-${bundle.sealed ?? "nothing"}`)}</Fact>
    </Facts>
  );
}

interface ImportReviewProps {
  readonly bundle: OpenedBundle;
  readonly onDone: () => void;
}

export function ImportReview({ bundle, onDone }: ImportReviewProps) {
  const styles = useStyles();
  const state = useStore(imports);
  const [most, setMost] = useState(PAGE);
  const why = useId();
  const { ticked, discardDrafts, busy } = state;
  const asks = meetsDraft(state);
  const hindrance = ticked.length === 0 ? say("handover.wants-tick") : asks && !discardDrafts ? say("handover.wants-discard") : null;
  const apply = useDeed(async () => {
    if (hindrance !== null || busy !== null) return;
    const answer = await applyBundle();
    if (!answer.ok) return;
    announce(importWords(answer.value));
    onDone();
  });
  return (
    <FormSection title={say("handover.section-review")}>
      <Head bundle={bundle} />
      <ul className={styles.list} aria-label={say("handover.review-stores")}>
        {bundle.stores.slice(0, most).map((store) => (
          <ComparedEntry key={store.place} store={store} ticked={ticked.includes(store.place)} isNew={state.asNew.includes(store.place)} disabled={busy === "applying"} />
        ))}
      </ul>
      <ShowMore shown={Math.min(most, bundle.stores.length)} hasMore={most < bundle.stores.length} onMore={() => setMost(most + PAGE)} />
      {asks && <Checkbox label={say("handover.discard")} checked={discardDrafts} onChange={(_event, data) => imports.setState({ discardDrafts: data.checked === true })} />}
      <div className={styles.row}>
        <Button appearance="primary" disabledFocusable={hindrance !== null || busy !== null} {...(hindrance === null ? {} : { "aria-describedby": why })} onClick={() => void apply()}>
          {say("handover.import", { count: ticked.length })}
        </Button>
        {hindrance !== null && (
          <span id={why} className={styles.quiet}>
            {hindrance}
          </span>
        )}
      </div>
    </FormSection>
  );
}
