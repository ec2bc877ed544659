// @vitest-environment jsdom
import { afterEach, beforeEach, expect, it } from "vitest";
import { refuseStrayDrops } from "../../../../renderer/shell/stray-drops.ts";

let stop = () => {};
beforeEach(() => {
  document.body.innerHTML = "<main><input><p></p></main>";
  stop = refuseStrayDrops();
});
afterEach(() => stop());

/** A drag of these kinds of data over an element; jsdom knows no DragEvent. */
function drag(kind: "dragover" | "drop", place: string, types: readonly string[]) {
  const dataTransfer = { types, dropEffect: "copy" };
  const event = Object.assign(new Event(kind, { bubbles: true, cancelable: true }), { dataTransfer });
  document.querySelector(place)?.dispatchEvent(event);
  return { goesOn: !event.defaultPrevented, effect: dataTransfer.dropEffect };
}
const refused = { goesOn: false, effect: "none" };

it.each(["dragover", "drop"] as const)("refuses files and links everywhere, in a box as well: %s", (kind) => {
  expect(drag(kind, "p", ["Files"])).toEqual(refused);
  expect(drag(kind, "input", ["Files"])).toEqual(refused);
  expect(drag(kind, "p", ["text/uri-list", "text/plain"])).toEqual(refused);
});

it("lets text be moved into a box, and leaves a place that takes a file alone", () => {
  expect(drag("drop", "input", ["text/plain"])).toEqual({ goesOn: true, effect: "copy" });
  document.querySelector("main")?.addEventListener("drop", (event) => event.preventDefault());
  expect(drag("drop", "p", ["Files"])).toEqual({ goesOn: false, effect: "copy" });
});

it("ends with the console", () => {
  stop();
  expect(drag("drop", "p", ["Files"]).goesOn).toBe(true);
});
