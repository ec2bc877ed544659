/** Every mail object that the console worked on, newest first, with everything that was tried. */
import { Button, Field, Input, Select, makeStyles } from "@fluentui/react-components";
import { ClipboardTaskRegular } from "@fluentui/react-icons";
import { useState } from "react";
import { useStore } from "zustand";
import type { Fault } from "../../../shared/fault.ts";
import { navigate, navigation } from "../../stores/navigation.ts";
import type { Route } from "../../stores/routes.ts";
import { journalStateText } from "../../text/mail-objects.ts";
import { say } from "../../text/text.ts";
import { DelayedLoading } from "../../ui/delayed-loading.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { ErrorBox } from "../../ui/error-box.tsx";
import { PageHeader } from "../../ui/page-header.tsx";
import { ShowMore } from "../../ui/show-more.tsx";
import { useDeed } from "../../ui/use-deed.ts";
import { StoreFilter } from "../links/store-filter.tsx";
import { useSearch } from "../links/use-search.ts";
import { JOURNAL_STATES } from "../mail-objects/words.ts";
import { WorkHere } from "../running-work/work-here.tsx";
import { exportJournal } from "./export.ts";
import { JournalList } from "./journal-list.tsx";
import { useJournal, type JournalFilter } from "./use-journal.ts";

const useStyles = makeStyles({
  bar: { display: "flex", flexWrap: "wrap", alignItems: "flex-end", gap: "8px 16px", marginBottom: "12px" },
  filter: { width: "220px" },
  search: { width: "270px", maxWidth: "100%" },
});

function routeOf({ store, state, run, search }: JournalFilter): Route {
  const given = { store, state: state ?? "", run, search };
  return { page: "journal", ...Object.fromEntries(Object.entries(given).filter(([, value]) => value !== "")) };
}

function useFilter(): JournalFilter {
  const route = useStore(navigation, (now) => now.route);
  const { store = "", state = "", run = "", search = "" } = route.page === "journal" ? route : {};
  return { store, state: JOURNAL_STATES.find((one) => one === state) ?? null, run, search };
}

function Export({ filter, onFault }: { readonly filter: JournalFilter; readonly onFault: (fault: Fault | null) => void }) {
  const save = useDeed(async (format: "csv" | "json") => {
    onFault(null);
    const saved = await exportJournal(filter, format);
    if (!saved.ok) onFault(saved.fault);
  });
  return (
    <>
      <Button onClick={() => void save("csv")}>{say("mail-journal.export-csv")}</Button>
      <Button onClick={() => void save("json")}>{say("mail-journal.export-json")}</Button>
    </>
  );
}

export function JournalPage() {
  const styles = useStyles();
  const filter = useFilter();
  const { typed, type } = useSearch(filter.search, (search) => routeOf({ ...filter, search }));
  const { page, fault, more } = useJournal(filter);
  const [exportFault, setExportFault] = useState<Fault | null>(null);
  const isFiltered = filter.store !== "" || filter.state !== null || filter.run !== "" || filter.search !== "";
  return (
    <>
      <PageHeader title={say("mail-journal.title")} intro={say("mail-journal.intro")}>
        <Export filter={filter} onFault={setExportFault} />
      </PageHeader>
      <div className={styles.bar}>
        <StoreFilter store={filter.store} className={styles.filter} routeOf={(store) => routeOf({ ...filter, store })} />
        <Field className={styles.filter} label={say("mail-journal.filter-state")}>
          <Select
            value={filter.state ?? ""}
            onChange={(_event, data) => void navigate(routeOf({ ...filter, state: JOURNAL_STATES.find((state) => state === data.value) ?? null }))}
          >
            <option value="">{say("mail-journal.filter-all-states")}</option>
            {JOURNAL_STATES.map((state) => (
              <option key={state} value={state}>
                {journalStateText(state)}
              </option>
            ))}
          </Select>
        </Field>
        <Field className={styles.search} label={say("mail-journal.search")}>
          <Input type="search" value={typed} maxLength={200} spellCheck={false} autoComplete="off" placeholder={say("mail-journal.search-hint")} onChange={(_event, data) => type(data.value)} />
        </Field>
      </div>
      <WorkHere />
      {exportFault !== null && <ErrorBox fault={exportFault} />}
      {fault !== null && <ErrorBox fault={fault} />}
      {page === null && fault === null && <DelayedLoading label={say("mail-journal.loading")} />}
      {page !== null && page.entries.length === 0 && (
        <EmptyState
          icon={<ClipboardTaskRegular />}
          title={say(isFiltered ? "mail-journal.none-title" : "mail-journal.empty-title")}
          text={say(isFiltered ? "mail-journal.none-text" : "mail-journal.empty-text")}
        />
      )}
      {page !== null && page.entries.length > 0 && (
        <>
          <JournalList entries={page.entries} />
          <ShowMore shown={page.entries.length} hasMore={page.next !== null} onMore={more} />
        </>
      )}
    </>
  );
}
