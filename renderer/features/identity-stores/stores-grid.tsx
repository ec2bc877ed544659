/** The list of identity stores. */
import { BranchCompareRegular, CloudOffRegular, CopyRegular, DeleteRegular, EditRegular, HistoryRegular, RenameRegular } from "@fluentui/react-icons";
import { useCallback } from "react";
import type { StoreSummary } from "../../../shared/model/identity-store.ts";
import { navigate } from "../../stores/navigation.ts";
import type { StoreSection } from "../../stores/routes.ts";
import { entryName } from "../../text/provider.ts";
import { stateInWords } from "../../text/store-summary.ts";
import { say } from "../../text/text.ts";
import { Grid } from "../../ui/grid/grid.tsx";
import { rememberOpened } from "../../ui/grid/list-memory.ts";
import type { GridColumn, GridFilter, RowAction } from "../../ui/grid/types.ts";
import { HostName } from "../../ui/host-name.tsx";
import { useColumnWidths } from "../use-column-widths.ts";
import { KindCell, NameCell, NextCell, ProviderCell, StateCell } from "./store-cells.tsx";
import type { StoreQuestion } from "./store-dialogs.tsx";

const LIST = "stores";
const BY_NAME = { column: "name", descending: false };
const ROW_HEIGHT = 45;
/** What the page has above its list, in pixels. */
const BESIDES = 176;

function open(id: string, section: StoreSection): void {
  rememberOpened(LIST, id);
  void navigate({ page: "store", id, section });
}

function providerOf({ messaging }: StoreSummary): string {
  return messaging === null ? "" : entryName(messaging);
}

const columns: readonly GridColumn<StoreSummary>[] = [
  {
    id: "name",
    title: say("identity-stores.column-name"),
    width: 112,
    grows: true,
    holds: "control",
    sortable: true,
    text: ({ name }) => name,
    cell: (store, tabIndex) => <NameCell store={store} tabIndex={tabIndex} onOpen={(id) => rememberOpened(LIST, id)} />,
  },
  { id: "kind", title: say("identity-stores.column-kind"), width: 52, cell: ({ kind }) => <KindCell kind={kind} /> },
  {
    id: "domain",
    title: say("identity-stores.column-domain"),
    width: 116,
    grows: true,
    sortable: true,
    text: ({ domain }) => domain,
    cell: ({ domain }) => <HostName name={domain} />,
  },
  {
    id: "provider",
    title: say("identity-stores.column-provider"),
    width: 136,
    grows: true,
    sortable: true,
    text: providerOf,
    cell: (store) => <ProviderCell store={store} />,
  },
  { id: "state", title: say("identity-stores.column-state"), width: 112, grows: true, sortable: true, holds: "controls", rank: stateRank, cell: (store, tabIndex) => <StateCell store={store} tabIndex={tabIndex} onOpen={(id) => rememberOpened(LIST, id)} /> },
  {
    id: "next",
    title: say("identity-stores.column-next"),
    width: 120,
    grows: true,
    sortable: true,
    rank: ({ nextExpiry }) => nextExpiry?.at ?? null,
    cell: (store) => <NextCell store={store} />,
  },
];

const filters: readonly GridFilter<StoreSummary>[] = [
  { id: "state", title: say("identity-stores.column-state"), valueOf: stateInWords, words: (value) => value },
  {
    id: "provider",
    title: say("identity-stores.column-provider"),
    valueOf: providerOf,
    words: (value) => (value === "" ? say("identity-stores.provider-none") : value),
  },
];

/** The further a configuration has come, the later. */
function stateRank({ state }: StoreSummary): number {
  return ["not-configured", "draft", "saved-with-failed-test", "saved-untested", "saved"].indexOf(state);
}

interface StoresGridProps {
  readonly stores: readonly StoreSummary[];
  readonly onQuestion: (question: StoreQuestion) => void;
  /** Puts a store offline by hand, or ends that. */
  readonly onPrepareOnly: (store: StoreSummary) => void;
}

export function StoresGrid({ stores, onQuestion, onPrepareOnly }: StoresGridProps) {
  const { widths, setWidths } = useColumnWidths(LIST);
  const actions = useCallback(
    (store: StoreSummary): readonly RowAction[] => [
      { id: "edit", label: say("identity-stores.edit"), icon: <EditRegular />, onChoose: () => open(store.id, "messaging-system") },
      { id: "rename", label: say("identity-stores.rename"), icon: <RenameRegular />, onChoose: () => onQuestion({ about: "rename", store }) },
      { id: "duplicate", label: say("identity-stores.duplicate"), icon: <CopyRegular />, onChoose: () => onQuestion({ about: "duplicate", store }) },
      {
        id: "prepare-only",
        label: say(store.prepareOnly ? "identity-stores.prepare-only-end" : "identity-stores.prepare-only"),
        icon: <CloudOffRegular />,
        onChoose: () => onPrepareOnly(store),
      },
      { id: "compare", label: say("shell.nav-compare"), icon: <BranchCompareRegular />, onChoose: () => open(store.id, "compare") },
      { id: "history", label: say("identity-stores.history"), icon: <HistoryRegular />, onChoose: () => open(store.id, "history") },
      { id: "delete", label: say("identity-stores.delete"), icon: <DeleteRegular />, apart: true, onChoose: () => onQuestion({ about: "delete", store }) },
    ],
    [onQuestion, onPrepareOnly],
  );
  return (
    <Grid
      listId={LIST}
      label={say("identity-stores.table")}
      searchLabel={say("identity-stores.search")}
      columns={columns}
      rows={stores}
      sortedBy={BY_NAME}
      filters={filters}
      rowHeight={ROW_HEIGHT}
      besides={BESIDES}
      actions={actions}
      actionsLabel={actionsLabel}
      widths={widths}
      onWidths={setWidths}
    />
  );
}

function actionsLabel({ name }: StoreSummary): string {
  return say("identity-stores.actions-of", { name });
}
