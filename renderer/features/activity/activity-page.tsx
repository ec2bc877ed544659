/** What happened lately, newest first, of all identity stores or of one. */
import { Field, Input, makeStyles } from "@fluentui/react-components";
import { PulseRegular } from "@fluentui/react-icons";
import { useStore } from "zustand";
import { navigation } from "../../stores/navigation.ts";
import type { Route } from "../../stores/routes.ts";
import { say } from "../../text/text.ts";
import { DelayedLoading } from "../../ui/delayed-loading.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { ErrorBox } from "../../ui/error-box.tsx";
import { PageHeader } from "../../ui/page-header.tsx";
import { ShowMore } from "../../ui/show-more.tsx";
import { StoreFilter } from "../links/store-filter.tsx";
import { useSearch } from "../links/use-search.ts";
import { ActivityTable } from "./activity-table.tsx";
import { useActivity } from "./use-activity.ts";

const useStyles = makeStyles({
  bar: { display: "flex", flexWrap: "wrap", alignItems: "flex-end", gap: "8px 16px", marginBottom: "12px" },
  filter: { width: "260px" },
});

function routeOf(store: string, search: string): Route {
  return { page: "activity", ...(store === "" ? {} : { store }), ...(search === "" ? {} : { search }) };
}

export function ActivityPage() {
  const styles = useStyles();
  const store = useStore(navigation, ({ route }) => (route.page === "activity" ? (route.store ?? "") : ""));
  const search = useStore(navigation, ({ route }) => (route.page === "activity" ? (route.search ?? "") : ""));
  const { typed, type } = useSearch(search, (text) => routeOf(store, text));
  const { page, fault, more } = useActivity(store === "" ? null : store, search);
  const isFiltered = store !== "" || search !== "";
  return (
    <>
      <PageHeader title={say("activity.title")} intro={say("activity.intro")} />
      <div className={styles.bar}>
        <StoreFilter store={store} className={styles.filter} routeOf={(other) => routeOf(other, search)} />
        <Field className={styles.filter} label={say("activity.search")}>
          <Input type="search" value={typed} maxLength={200} spellCheck={false} autoComplete="off" onChange={(_event, data) => type(data.value)} />
        </Field>
      </div>
      {fault !== null && <ErrorBox fault={fault} />}
      {page === null && fault === null && <DelayedLoading label={say("activity.loading")} />}
      {page !== null && page.events.length === 0 && (
        <EmptyState
          icon={<PulseRegular />}
          title={say(isFiltered ? "activity.none-title" : "activity.empty-title")}
          text={say(isFiltered ? "activity.none-text" : "activity.empty-text")}
        />
      )}
      {page !== null && page.events.length > 0 && (
        <>
          <ActivityTable events={page.events} />
          <ShowMore shown={page.events.length} hasMore={page.next !== null} onMore={more} />
        </>
      )}
    </>
  );
}
