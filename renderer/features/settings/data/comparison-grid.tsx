/** What moving everything would do, identity store by identity store. */
import type { MoveComparison } from "../../../../shared/model/team.ts";
import { formatCount } from "../../../text/format.ts";
import { say } from "../../../text/text.ts";
import { Grid } from "../../../ui/grid/grid.tsx";
import type { GridColumn, GridFilter } from "../../../ui/grid/types.ts";
import { useColumnWidths } from "../../use-column-widths.ts";

const LIST = "move";
const BY_NAME = { column: "name", descending: false };
const ROW_HEIGHT = 33;
/** What the page has besides its list, in pixels. */
const BESIDES = 420;

type Row = MoveComparison["stores"][number];

const columns: readonly GridColumn<Row>[] = [
  { id: "name", title: say("data.column-store"), width: 140, grows: true, sortable: true, text: ({ name }) => name, cell: ({ name }) => name },
  { id: "revisions", title: say("data.column-revisions"), width: 96, sortable: true, rank: ({ revisions }) => revisions, cell: ({ revisions }) => formatCount(revisions) },
  { id: "there", title: say("data.column-there"), width: 130, grows: true, sortable: true, text: ({ there }) => say(`data.there-${there}`), cell: ({ there }) => say(`data.there-${there}`) },
];

const filters: readonly GridFilter<Row>[] = [
  { id: "there", title: say("data.column-there"), valueOf: ({ there }) => there, words: (value) => WORDS.get(value) ?? value },
];

const WORDS: ReadonlyMap<string, string> = new Map((["absent", "same", "differs", "taken"] as const).map((there) => [there, say(`data.there-${there}`)]));

export function ComparisonGrid({ stores }: { readonly stores: readonly Row[] }) {
  const { widths, setWidths } = useColumnWidths(LIST);
  return (
    <Grid
      listId={LIST}
      label={say("data.comparison")}
      searchLabel={say("identity-stores.search")}
      columns={columns}
      rows={stores}
      sortedBy={BY_NAME}
      filters={filters}
      rowHeight={ROW_HEIGHT}
      besides={BESIDES}
      widths={widths}
      onWidths={setWidths}
    />
  );
}
