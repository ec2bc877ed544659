// @vitest-environment jsdom
import { afterEach, describe, expect, it, vi } from "vitest";
import { SecretField } from "../../../../renderer/ui/secret-field.tsx";
import type { SecretState } from "../../../../shared/model/secret.ts";
import { click, render, type, type Rendered } from "../render.tsx";

const at = new Date(2026, 10, 20).getTime();
let rendered: Rendered | null = null;

async function show(state: SecretState) {
  const onReplace = vi.fn();
  const onClear = vi.fn();
  rendered = await render(<SecretField label="Password" state={state} onReplace={onReplace} onClear={onClear} />);
  return { ...rendered, onReplace, onClear };
}

const box = () => document.querySelector<HTMLInputElement>("input[type='password']");

describe("SecretField", () => {
  afterEach(() => rendered?.unmount());

  it.each([
    [{ state: "not-set" }, "Not set"],
    [{ state: "set", at }, "Set on 2026-11-20"],
    [{ state: "changed", at }, "Changed (unsaved)"],
    [{ state: "unreadable", at }, "Unreadable: enter it again"],
  ] as const)("says %j in words and prefills nothing", async (state, words) => {
    const { host } = await show(state);
    expect(host.textContent).toContain(words);
    expect(box()).toBeNull();
  });

  it("opens an empty box for a new value, which leaves only through onReplace", async () => {
    const { button, host, onReplace } = await show({ state: "set", at });
    await click(button("Replace Password"));
    const input = box();
    if (input === null) throw new Error("there is no box");
    expect(input.value).toBe("");
    expect(document.activeElement).toBe(input);
    await type(input, "Ready-2-Go");
    expect(onReplace).not.toHaveBeenCalled();
    await click(button("Use this"));
    expect(onReplace).toHaveBeenCalledExactlyOnceWith("Ready-2-Go");
    expect(host.innerHTML).not.toContain("Ready-2-Go");
    expect(box()).toBeNull();
  });

  it("forgets what was typed when cancelled", async () => {
    const { button, onReplace } = await show({ state: "not-set" });
    await click(button("Set Password"));
    const input = box();
    if (input !== null) await type(input, "half");
    await click(button("Cancel"));
    await click(button("Set Password"));
    expect(box()?.value).toBe("");
    expect(onReplace).not.toHaveBeenCalled();
  });

  it("clears a value that is there, and offers nothing to clear where none is", async () => {
    const { button, onClear, unmount } = await show({ state: "unreadable", at });
    await click(button("Clear Password"));
    expect(onClear).toHaveBeenCalledOnce();
    unmount();
    await show({ state: "not-set" });
    expect(() => button("Clear Password")).toThrow("no button");
  });
});
