/** A list of mail rooms in the grid, for its tests: a name, a note with two buttons and an entry, and a link. */
import { act, useState } from "react";
import { vi } from "vitest";
import { Grid } from "../../../../../renderer/ui/grid/grid.tsx";
import type { ColumnWidths, GridColumn, GridFilter } from "../../../../../renderer/ui/grid/types.ts";
import { render, type Rendered } from "../../render.tsx";

export interface Room {
  readonly id: string;
  readonly name: string;
  readonly floor: number | null;
  readonly wing: string;
}

export function rooms(count: number): readonly Room[] {
  return Array.from({ length: count }, (_, index) => ({
    id: `r${index}`,
    name: `Room ${index}`,
    floor: index % 5 === 4 ? null : count - index,
    wing: index % 2 === 0 ? "East" : "West",
  }));
}

/** Ids of the rows that were drawn. */
export const drawn: string[] = [];

export const columns: readonly GridColumn<Room>[] = [
  {
    id: "link",
    title: "Room",
    width: 100,
    grows: true,
    holds: "control",
    sortable: true,
    text: ({ name }) => name,
    cell: ({ id, name }, tabIndex) => {
      drawn.push(id);
      return (
        <a href={`#${id}`} tabIndex={tabIndex}>
          {name}
        </a>
      );
    },
  },
  { id: "wing", title: "Wing", width: 80, text: ({ wing }) => wing, cell: ({ wing }) => wing },
  {
    id: "floor",
    title: "Floor",
    width: 90,
    holds: "controls",
    sortable: true,
    rank: ({ floor }) => floor,
    cell: ({ id, floor }, tabIndex) =>
      floor === null ? (
        "none"
      ) : (
        <>
          <input aria-label={`Floor of ${id}`} tabIndex={tabIndex} defaultValue={floor} />
          <button type="button" tabIndex={tabIndex} aria-label={`Up from ${id}`} />
        </>
      ),
  },
];

export const filters: readonly GridFilter<Room>[] = [{ id: "wing", title: "Wing", valueOf: ({ wing }) => wing, words: (value) => `${value} wing` }];

export const renamed = vi.fn<(id: string) => void>();
const actions = ({ id }: Room) => [{ id: "rename", label: `Rename ${id}`, onChoose: () => renamed(id) }];
const actionsLabel = ({ id }: Room) => `Actions for ${id}`;

interface ListProps {
  readonly listId: string;
  readonly rows: readonly Room[];
  readonly use?: readonly GridFilter<Room>[];
  readonly onWidths?: (widths: ColumnWidths) => void;
}

export function List({ listId, rows, use = filters, onWidths }: ListProps) {
  const [widths, setWidths] = useState<ColumnWidths>({});
  return (
    <Grid
      listId={listId}
      label="Rooms"
      searchLabel="Search rooms"
      columns={columns}
      rows={rows}
      sortedBy={{ column: "link", descending: false }}
      filters={use}
      rowHeight={40}
      besides={100}
      actions={actions}
      actionsLabel={actionsLabel}
      editColumn="floor"
      widths={widths}
      onWidths={(next) => {
        onWidths?.(next);
        setWidths(next);
      }}
    />
  );
}

let lists = 0;

/** A name that no other list of the run has. */
export function newList(): string {
  lists += 1;
  return `rooms-${lists}`;
}

export function show(props: Partial<ListProps> = {}): Promise<Rendered> {
  return render(<List listId={newList()} rows={rooms(10)} {...props} />);
}

export const names = () => [...document.querySelectorAll("[role=row] a")].map(({ textContent }) => textContent);

export function grid(): HTMLElement {
  const found = document.querySelector<HTMLElement>("[role=grid]");
  if (found === null) throw new Error("there is no grid");
  return found;
}

/** Where the focus is: the cell's column and row, and the control in it. */
export function focused(): string {
  const element = document.activeElement;
  const cell = element?.closest<HTMLElement>("[data-grid-column]");
  const row = cell?.closest<HTMLElement>("[data-grid-row]")?.dataset["gridRow"];
  if (!element || !cell) return element?.tagName ?? "nothing";
  return [row === "" ? "header" : row, cell.dataset["gridColumn"], ...(element === cell ? [] : [element.tagName.toLowerCase()])].join(" ");
}

/** Presses a key at what has the focus. Answers whether the page left it to the browser. */
export async function press(key: string, more: KeyboardEventInit = {}): Promise<boolean> {
  let left = true;
  await act(async () => {
    left = (document.activeElement ?? document.body).dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, ...more }));
  });
  return left;
}

/** What Tab can reach in the grid. */
export const tabStops = () => [...grid().querySelectorAll<HTMLElement>("a, input, button, [tabindex]")].filter(({ tabIndex }) => tabIndex >= 0);

export async function enterGrid(): Promise<void> {
  await act(async () => tabStops()[0]?.focus());
}
