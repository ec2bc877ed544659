// @vitest-environment jsdom
import { describe, expect, it } from "vitest";
import { nameOfKey, runShortcut, useShortcut } from "../../../../renderer/ui/use-shortcut.ts";
import { render } from "../render.tsx";

function Answers({ name, log }: { readonly name: string; readonly log: string[] }) {
  useShortcut("F5", () => log.push(name));
  return null;
}

describe("shortcuts", () => {
  it("are named by their modifiers in one order", () => {
    const none = { ctrlKey: false, metaKey: false, altKey: false, shiftKey: false };
    expect(nameOfKey({ ...none, key: "s", ctrlKey: true })).toBe("Control+S");
    expect(nameOfKey({ ...none, key: "ArrowUp", altKey: true, shiftKey: true })).toBe("Alt+Shift+ArrowUp");
    expect(nameOfKey({ ...none, key: "F6" })).toBe("F6");
  });

  it("go to whoever was opened last, and to nobody when all are closed", async () => {
    const log: string[] = [];
    const below = await render(<Answers name="page" log={log} />);
    const above = await render(<Answers name="dialog" log={log} />);
    expect(runShortcut("F5")).toBe(true);
    above.unmount();
    expect(runShortcut("F5")).toBe(true);
    below.unmount();
    expect(runShortcut("F5")).toBe(false);
    expect(log).toEqual(["dialog", "page"]);
  });
});
