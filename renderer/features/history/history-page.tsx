/** Revisions of an identity store, newest first, and the way back to each. */
import { Button, Field, Input, makeStyles } from "@fluentui/react-components";
import { useStore } from "zustand";
import { ask } from "../../host/ask.ts";
import { client } from "../../host/client.ts";
import { navigation } from "../../stores/navigation.ts";
import type { Route } from "../../stores/routes.ts";
import { explain } from "../../text/fault.ts";
import { say } from "../../text/text.ts";
import { DelayedLoading } from "../../ui/delayed-loading.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { ErrorBox } from "../../ui/error-box.tsx";
import { useNotify } from "../../ui/notify.ts";
import { useDeed } from "../../ui/use-deed.ts";
import { ShowMore } from "../../ui/show-more.tsx";
import { PageLink } from "../links/page-link.tsx";
import { useSearch } from "../links/use-search.ts";
import { RevisionList } from "./revision-list.tsx";
import { useRevisions } from "./use-revisions.ts";
import { StoreHeader } from "../identity-stores/store-header.tsx";

const useStyles = makeStyles({
  bar: { display: "flex", flexWrap: "wrap", alignItems: "flex-end", gap: "8px 16px", marginBottom: "12px" },
  search: { width: "260px" },
});

function routeOf(id: string, search: string): Route {
  return { page: "store", id, section: "history", ...(search === "" ? {} : { search }) };
}

export function HistoryPage({ storeId }: { readonly storeId: string }) {
  const styles = useStyles();
  const notify = useNotify();
  const search = useStore(navigation, ({ route }) => (route.page === "store" && route.section === "history" ? (route.search ?? "") : ""));
  const from = useStore(navigation, ({ route }) => (route.page === "store" && route.section === "history" ? (route.revision ?? null) : null));
  const { typed, type } = useSearch(search, (text) => routeOf(storeId, text));
  const { page, fault, more, reload } = useRevisions(storeId, from, search);

  const goBack = useDeed(async (number: number, expectedRevision: number) => {
    const result = await ask(() => client().stores.restore({ id: storeId, number, expectedRevision }));
    if (result.ok && result.value.changed) notify({ text: say("history.restored-toast", { number, revision: result.value.revision }) });
    else if (result.ok) notify({ text: say("history.restored-nothing", { number }), intent: "info" });
    else notify({ text: say("history.restore-failed", { reason: explain(result.fault).sentence }), intent: "error" });
    reload();
  });
  return (
    <>
      <StoreHeader storeId={storeId} title={say("history.title")} intro={say("history.intro")}>
        <PageLink to={{ page: "activity", store: storeId }}>{say("history.activity")}</PageLink>
      </StoreHeader>
      <div className={styles.bar}>
        <Field className={styles.search} label={say("history.search")}>
          <Input type="search" value={typed} maxLength={200} spellCheck={false} autoComplete="off" onChange={(_event, data) => type(data.value)} />
        </Field>
        {from !== null && <PageLink to={routeOf(storeId, search)}>{say("history.from", { number: from })}</PageLink>}
      </div>
      {page === null && fault === null && <DelayedLoading label={say("history.loading")} />}
      {fault !== null && (
        <ErrorBox fault={fault}>
          <Button size="small" onClick={reload}>
            {say("history.retry")}
          </Button>
        </ErrorBox>
      )}
      {page !== null && page.revisions.length === 0 && <EmptyState title={say("history.none-title")} text={say("history.none-text")} />}
      {page !== null && page.revisions.length > 0 && (
        <>
          <RevisionList revisions={page.revisions} newest={page.newest} storeId={storeId} onGoBack={(number) => void goBack(number, page.newest)} />
          <ShowMore shown={page.revisions.length} hasMore={page.next !== null} onMore={more} />
        </>
      )}
    </>
  );
}
