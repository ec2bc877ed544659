// @vitest-environment jsdom
import { act } from "react";
import { afterEach, describe, expect, it } from "vitest";
import { AliasBenchPage } from "../../../../../renderer/features/alias-bench/alias-bench-page.tsx";
import { fillIn } from "../../../../../renderer/features/alias-bench/bench-state.ts";
import { navigation } from "../../../../../renderer/stores/navigation.ts";
import { aliasPreset } from "../../../../../shared/rules/alias-presets.ts";
import { render, type Rendered } from "../../render.tsx";

let page: Rendered;
afterEach(() => {
  page.unmount();
  fillIn({ pattern: "", maximumLength: "64", domain: "", aliases: "" });
});

const field = (name: string) => page.host.querySelector<HTMLInputElement>(`[name='${name}']`)?.value;

describe("an address with a preset", () => {
  it("begins with its rule, once: what is typed afterwards outlives a look at another page", async () => {
    navigation.setState({ route: { page: "alias-bench", preset: "gmail" } });
    page = await render(<AliasBenchPage />);
    expect([field("pattern"), field("maximumLength"), field("domain")]).toEqual([aliasPreset("gmail").pattern, "30", "gmail.com"]);
    expect(navigation.getState().route).toEqual({ page: "alias-bench" });
    await act(async () => fillIn({ pattern: "^mine$" }));
    page.unmount();
    page = await render(<AliasBenchPage />);
    expect(field("pattern")).toBe("^mine$");
  });
});
