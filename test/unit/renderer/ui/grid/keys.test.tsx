// @vitest-environment jsdom
/** The keyboard in the grid: one Tab stop, and the keys of the grid pattern. */
import { act } from "react";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { render, type Rendered } from "../../render.tsx";
import { enterGrid, focused, grid, List, newList, press, renamed, rooms, show, tabStops } from "./support.tsx";

let page: Rendered;
beforeEach(async () => {
  page = await show();
});
afterEach(() => page.unmount());

async function pressAll(...keys: readonly string[]): Promise<void> {
  for (const key of keys) await press(key);
}

describe("the keyboard in a grid", () => {
  it("has one Tab stop, and it goes where the focus goes", async () => {
    expect(tabStops()).toHaveLength(1);
    await enterGrid();
    expect(focused()).toBe("r0 link a");
    await pressAll("ArrowDown", "ArrowRight");
    expect(focused()).toBe("r1 wing");
    expect(tabStops()).toEqual([document.activeElement]);
  });

  it("tells a screen reader what it is and how large", () => {
    expect(grid().getAttribute("aria-rowcount")).toBe("11");
    expect(grid().getAttribute("aria-colcount")).toBe("4");
    expect([...grid().querySelectorAll("[role=row]")].map((row) => row.getAttribute("aria-rowindex"))).toEqual(
      Array.from({ length: 11 }, (_, index) => String(index + 1)),
    );
    expect([...grid().querySelectorAll("[role=columnheader]")].map((head) => head.getAttribute("aria-sort"))).toEqual(["ascending", null, null, null]);
  });

  it.each([
    ["ArrowUp", {}, "header link button"],
    ["ArrowLeft", {}, "r0 link a"],
    ["ArrowRight", {}, "r0 wing"],
    ["End", {}, "r0 actions button"],
    ["End", { ctrlKey: true }, "r9 actions button"],
    ["PageDown", {}, "r1 link a"],
    ["PageUp", {}, "r0 link a"],
  ])("%s %o leads from the first cell to %s, and the page does not scroll by it", async (key, more, to) => {
    await enterGrid();
    expect(await press(key, more)).toBe(false);
    expect(focused()).toBe(to);
  });

  it("comes back to the first cell by Control+Home, and to the row's by Home", async () => {
    await enterGrid();
    await press("End", { ctrlKey: true });
    await press("Home");
    expect(focused()).toBe("r9 link a");
    await press("ArrowRight");
    await press("Home", { ctrlKey: true });
    expect(focused()).toBe("r0 link a");
  });

  it("enters a cell with Enter or F2, goes through its controls with Tab, and comes back with Escape", async () => {
    await enterGrid();
    await pressAll("ArrowRight", "ArrowRight");
    expect(focused()).toBe("r0 floor");
    for (const key of ["Enter", "F2"]) {
      await press(key);
      expect(focused()).toBe("r0 floor input");
      expect(tabStops().map(({ tagName }) => tagName)).toEqual(["INPUT", "BUTTON"]);
      await press("Escape");
      expect(focused()).toBe("r0 floor");
    }
    expect(tabStops()).toHaveLength(1);
  });

  it("leaves arrows left and right, Home and End to the entry, and goes on by up and down from entry to entry", async () => {
    await enterGrid();
    await pressAll("ArrowRight", "ArrowRight", "Enter");
    for (const key of ["ArrowLeft", "ArrowRight", "Home", "End"]) expect(await press(key)).toBe(true);
    expect(focused()).toBe("r0 floor input");
    await press("ArrowDown");
    expect(focused()).toBe("r1 floor input");
    // A cell without an entry has the focus itself.
    await pressAll("ArrowDown", "ArrowDown", "ArrowDown");
    expect(focused()).toBe("r4 floor");
  });

  it("edits by F2 from anywhere in the row, and Escape goes back there", async () => {
    await enterGrid();
    await press("ArrowDown");
    await press("F2");
    expect(focused()).toBe("r1 floor input");
    await press("Escape");
    expect(focused()).toBe("r1 link a");
  });

  it("takes a typed character into the entry of its cell", async () => {
    await enterGrid();
    await pressAll("ArrowRight", "ArrowRight");
    expect(await press("7")).toBe(true);
    expect(focused()).toBe("r0 floor input");
  });

  it.each(["ContextMenu", "F10"])("opens the row's menu by %s, and gives the focus back", async (key) => {
    await enterGrid();
    await press("ArrowRight");
    await press(key, { shiftKey: key === "F10" });
    await act(async () => import("../../../../../renderer/ui/grid/row-menu.tsx"));
    const item = page.button("Rename r0");
    await act(async () => item.click());
    expect(renamed).toHaveBeenLastCalledWith("r0");
    expect(focused()).toBe("r0 wing");
  });

  it("keeps the focus by row and column when another order moves the row", async () => {
    await enterGrid();
    await pressAll("ArrowDown", "ArrowRight");
    await act(async () => page.button("Floor").click());
    await act(async () => tabStops()[0]?.focus());
    expect(focused()).toBe("r1 wing");
  });

  it("gives the focus to the cell when its control goes, and to the next row when the row goes", async () => {
    page.unmount();
    const listId = newList();
    const rows = rooms(6);
    const root = await render(<List listId={listId} rows={rows} />);
    await enterGrid();
    await pressAll("ArrowDown", "ArrowRight", "ArrowRight", "Enter");
    expect(focused()).toBe("r1 floor input");
    await root.again(<List listId={listId} rows={rows.map((room) => (room.id === "r1" ? { ...room, floor: null } : room))} />);
    expect(focused()).toBe("r1 floor");
    await root.again(<List listId={listId} rows={rows.filter(({ id }) => id !== "r1")} />);
    expect(focused()).toBe("r2 floor");
    await root.again(<List listId={listId} rows={rows.filter(({ id }) => id === "r0")} />);
    expect(focused()).toBe("r0 floor");
    root.unmount();
    page = await show();
  });
});
