// @vitest-environment jsdom
/** What a list shows: search, filters, order, what is remembered of it, and how much of it is drawn. */
import { act } from "react";
import { afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { rememberOpened } from "../../../../../renderer/ui/grid/list-memory.ts";
import type { GridFilter } from "../../../../../renderer/ui/grid/types.ts";
import { focusPage } from "../../../../../renderer/shell/panes.ts";
import { click, hush, render, spoken, type, type Rendered } from "../../render.tsx";
import { drawn, enterGrid, focused, grid, List, names, newList, press, rooms, show, tabStops, type Room } from "./support.tsx";

let page: Rendered | undefined;
afterEach(() => page?.unmount());
beforeAll(async () => {
  // Loaded when it is first asked for; here that would be a race.
  await import("../../../../../renderer/ui/grid/filter-menu.tsx");
});

function searchBox(): HTMLInputElement {
  const box = document.querySelector<HTMLInputElement>("input[type=search]");
  if (box === null) throw new Error("there is no search box");
  return box;
}

/** Ticks or clears a value in the filter's menu, and closes it. */
async function filterBy(value: string): Promise<void> {
  await click(page?.button(/^Filter/) ?? document.body);
  const item = [...document.querySelectorAll<HTMLElement>("[role=menuitemcheckbox]")].find(({ textContent }) => textContent.startsWith(value));
  if (item === undefined) throw new Error(`there is no value ${value}`);
  await click(item);
  await press("Escape");
}

const tenRooms = Array.from({ length: 10 }, (_, index) => `Room ${index}`);

describe("search and filters of a grid", () => {
  it("shows rows that hold every word, in whatever column, and says how many", async () => {
    page = await show();
    await type(searchBox(), "WEST room");
    expect(names()).toEqual(["Room 1", "Room 3", "Room 5", "Room 7", "Room 9"]);
    expect(page.host.textContent).toContain("5 of 10 shown");
    expect(grid().getAttribute("aria-rowcount")).toBe("6");
  });

  it("offers the values that the rows have with their number, and lets through what any chosen value does", async () => {
    page = await show();
    await click(page.button("Filter"));
    expect([...document.querySelectorAll("[role=menuitemcheckbox]")].map(({ textContent }) => textContent)).toEqual(["East wing (5)", "West wing (5)"]);
    await press("Escape");
    await filterBy("West");
    expect(names()).toEqual(["Room 1", "Room 3", "Room 5", "Room 7", "Room 9"]);
    await filterBy("East");
    expect(names()).toEqual(tenRooms);
    expect(document.activeElement).toBe(page.button("Filter (2)"));
  });

  it("offers the way out of a search without result, which leads back into the search", async () => {
    page = await show();
    await type(searchBox(), "nobody");
    expect(names()).toEqual([]);
    expect(page.host.textContent).toContain("Nothing matches");
    await click(page.button("Clear search and filters"));
    expect(names()).toEqual(tenRooms);
    expect(document.activeElement).toBe(searchBox());
  });

  it("writes large numbers of rows as people do", async () => {
    page = await render(<List listId={newList()} rows={rooms(1002)} />);
    await type(searchBox(), "room 1001");
    expect(page.host.textContent).toContain("1 of 1,002 shown");
  });

  it("says the outcome once, when the search rests, and nothing of what the list does by itself", async () => {
    vi.useFakeTimers();
    try {
      const listId = newList();
      const root = await render(<List listId={listId} rows={rooms(10)} />);
      page = root;
      hush();
      await type(searchBox(), "ro");
      await act(async () => vi.advanceTimersByTime(300));
      await type(searchBox(), "room 1");
      await act(async () => vi.advanceTimersByTime(300));
      expect(spoken("polite")).toEqual([]);
      await act(async () => vi.advanceTimersByTime(1000));
      expect(spoken("polite")).toEqual(["1 of 10 shown"]);
      hush();
      await root.again(<List listId={listId} rows={rooms(20)} />);
      await act(async () => vi.advanceTimersByTime(4000));
      expect(spoken("polite")).toEqual([]);
    } finally {
      vi.useRealTimers();
    }
  });

  it("follows a filter's values while they change, and takes away no row that a person is at", async () => {
    const wings = new Map(rooms(4).map(({ id, wing }) => [id, wing]));
    let tell: (() => void) | undefined;
    const live: readonly GridFilter<Room>[] = [
      {
        id: "wing",
        title: "Wing",
        valueOf: ({ id }) => wings.get(id) ?? "",
        words: (value) => value,
        watch: (changed) => {
          tell = changed;
          return () => {
            tell = undefined;
          };
        },
      },
    ];
    page = await show({ rows: rooms(4), use: live });
    expect(tell).toBeUndefined();
    await filterBy("East");
    expect(names()).toEqual(["Room 0", "Room 2"]);
    await enterGrid();
    wings.set("r0", "West").set("r2", "West").set("r3", "East");
    await act(async () => tell?.());
    expect(names()).toEqual(["Room 0", "Room 3"]);
    expect(focused()).toBe("r0 link a");
    await press("ArrowDown");
    expect(names()).toEqual(["Room 3"]);
    expect(focused()).toBe("r3 link a");
    await click(page.button("Clear search and filters"));
    expect(tell).toBeUndefined();
  });

  it("leads from the search into the rows by the arrow down", async () => {
    page = await show();
    await type(searchBox(), "room 7");
    await act(async () => searchBox().focus());
    await press("ArrowDown");
    expect(focused()).toBe("r7 link a");
    // Wherever the focus was in the grid before.
    await press("ArrowUp");
    expect(focused()).toBe("header link button");
    await act(async () => searchBox().focus());
    await press("ArrowDown");
    expect(focused()).toBe("r7 link a");
  });
});

describe("the order of a grid", () => {
  it("is another by a press on a title, and the other way round by a second; what has no rank stays last", async () => {
    page = await show({ rows: rooms(6) });
    await click(page.button("Floor"));
    expect(names()).toEqual(["Room 5", "Room 3", "Room 2", "Room 1", "Room 0", "Room 4"]);
    await click(page.button("Floor"));
    expect(names()).toEqual(["Room 0", "Room 1", "Room 2", "Room 3", "Room 5", "Room 4"]);
    expect([...grid().querySelectorAll("[role=columnheader]")].map((head) => head.getAttribute("aria-sort"))).toEqual([null, null, "descending", null]);
  });

  it("counts as people do", async () => {
    page = await show({ rows: rooms(12) });
    expect(names().slice(0, 3)).toEqual(["Room 0", "Room 1", "Room 2"]);
    await click(page.button("Room"));
    expect(names().slice(0, 3)).toEqual(["Room 11", "Room 10", "Room 9"]);
  });
});

describe("the widths of columns", () => {
  const laidOut = (widths: readonly number[]) =>
    vi.spyOn(Element.prototype, "getBoundingClientRect").mockImplementation(function rect(this: Element) {
      const place = [...document.querySelectorAll("[role=columnheader]")].indexOf(this);
      return new DOMRect(0, 0, widths[place] ?? 0, 30);
    });

  it("change by keys on the title, at the neighbour's expense, and are handed over to be remembered", async () => {
    const onWidths = vi.fn();
    page = await show({ onWidths });
    const layout = laidOut([200, 100, 90, 32]);
    await enterGrid();
    await press("ArrowUp");
    await press("ArrowRight", { shiftKey: true });
    expect(onWidths).toHaveBeenLastCalledWith({ link: 216, wing: 84, floor: 90, actions: 32 });
    expect(focused()).toBe("header link button");
    layout.mockRestore();
    expect(grid().style.getPropertyValue("--grid-columns")).toBe("minmax(100px, 216fr) minmax(40px, 84px) minmax(40px, 90px) minmax(32px, 32px)");
  });

  it("change by dragging, once when the mouse lets go, and no column vanishes", async () => {
    const onWidths = vi.fn();
    page = await show({ onWidths });
    const layout = laidOut([200, 100, 90, 32]);
    const handle = grid().querySelector<HTMLElement>("[role=columnheader] [aria-hidden=true]:empty");
    if (handle === null) throw new Error("there is no handle");
    handle.setPointerCapture = () => undefined;
    const move = (clientX: number) => act(async () => handle.dispatchEvent(new MouseEvent("pointermove", { clientX })));
    await act(async () => handle.dispatchEvent(new MouseEvent("pointerdown", { clientX: 200, bubbles: true, button: 0 })));
    await move(220);
    await move(900);
    expect(onWidths).not.toHaveBeenCalled();
    expect(grid().style.getPropertyValue("--grid-columns")).toContain("260fr");
    await act(async () => handle.dispatchEvent(new MouseEvent("lostpointercapture")));
    layout.mockRestore();
    expect(onWidths).toHaveBeenCalledExactlyOnceWith({ link: 260, wing: 40, floor: 90, actions: 32 });
  });
});

describe("coming back to a list", () => {
  it("finds search, filters, order and the row that was opened, which gets the focus", async () => {
    const listId = newList();
    page = await show({ listId });
    await type(searchBox(), "room");
    await filterBy("West");
    await click(page.button("Room"));
    await enterGrid();
    await press("ArrowDown");
    expect(focused()).toBe("r7 link a");
    rememberOpened(listId, "r7");
    page.unmount();

    const main = document.body.appendChild(document.createElement("main"));
    page = await show({ listId });
    main.append(page.host);
    expect(searchBox().value).toBe("room");
    expect(names()).toEqual(["Room 9", "Room 7", "Room 5", "Room 3", "Room 1"]);
    await act(async () => focusPage());
    expect(focused()).toBe("r7 link a");
    main.remove();
  });

  it("finds the place, and leaves the focus to the page, where no row was opened", async () => {
    const listId = newList();
    page = await show({ listId });
    await enterGrid();
    await press("ArrowDown");
    page.unmount();
    page = await show({ listId });
    expect(document.querySelector("[data-arrival]")).toBeNull();
    expect(tabStops()[0]?.textContent).toBe("Room 1");
  });

  it("scrolls to where the list was left", async () => {
    const listId = newList();
    page = await show({ listId });
    const scroller = grid().parentElement;
    if (scroller === null) throw new Error("the grid stands alone");
    scroller.scrollTop = 123;
    await act(async () => scroller.dispatchEvent(new Event("scroll")));
    page.unmount();
    const scrollTo = vi.spyOn(Element.prototype, "scrollTo");
    page = await show({ listId });
    expect(scrollTo).toHaveBeenCalledWith(0, 123);
    scrollTo.mockRestore();
  });
});

describe("how much of a list is drawn", () => {
  it("draws a row again that changed, and no other; of a row that gets the focus no cell but the one", async () => {
    const listId = newList();
    const rows = rooms(12);
    const root = await render(<List listId={listId} rows={rows} />);
    page = root;
    drawn.length = 0;
    await root.again(<List listId={listId} rows={rows.map((room) => ({ ...room, floor: room.id === "r7" ? 99 : room.floor }))} />);
    expect(drawn).toEqual(["r7"]);
    await enterGrid();
    drawn.length = 0;
    await press("ArrowDown");
    expect(drawn.toSorted()).toEqual(["r0", "r1"]);
  });

  it("draws few rows of a long list, and keeps the one with the focus and what is typed in it wherever the list is scrolled to", async () => {
    const layout = [
      vi.spyOn(Element.prototype, "clientHeight", "get").mockReturnValue(400),
      vi.spyOn(HTMLElement.prototype, "offsetHeight", "get").mockReturnValue(40),
    ];
    page = await show({ rows: rooms(1002) });
    expect(names().slice(0, 3)).toEqual(["Room 0", "Room 1", "Room 2"]);
    expect(names().length).toBeLessThan(40);
    expect(grid().getAttribute("aria-rowcount")).toBe("1003");
    await enterGrid();
    for (const key of ["ArrowDown", "ArrowRight", "ArrowRight", "Enter"]) await press(key);
    const entry = document.activeElement;
    if (!(entry instanceof HTMLInputElement)) throw new Error("there is no entry");
    entry.value = "7";
    const scroller = grid().parentElement;
    if (scroller === null) throw new Error("the grid stands alone");
    scroller.scrollTop = 20_000;
    await act(async () => scroller.dispatchEvent(new Event("scroll")));
    expect(names()).toContain("Room 500");
    expect(names()).toContain("Room 1");
    expect(document.activeElement).toBe(entry);
    expect(entry.value).toBe("7");
    await press("Escape");
    await press("End", { ctrlKey: true });
    expect(focused()).toBe("r1001 actions button");
    for (const size of layout) size.mockRestore();
  });
});
