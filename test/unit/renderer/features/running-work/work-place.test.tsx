// @vitest-environment jsdom
import { act } from "react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { WorkPlace } from "../../../../../renderer/features/running-work/work-place.tsx";
import { navigation } from "../../../../../renderer/stores/navigation.ts";
import { listWork, runningWork } from "../../../../../renderer/stores/running-work.ts";
import { Notices } from "../../../../../renderer/ui/notices.tsx";
import { progress } from "../../../../../shared/contract/progress.ts";
import { click, findButton, render, type Rendered } from "../../render.tsx";

const route = { page: "store", id: "s", section: "messaging-system" } as const;
const sync = { kind: "sync", subject: "Contoso HQ", route } as const;

let page: Rendered;
beforeEach(async () => {
  navigation.setState({ route: { page: "stores" } });
  page = await render(
    <>
      <WorkPlace />
      <Notices />
    </>,
  );
});
afterEach(() => {
  page.unmount();
  runningWork.setState({ entries: [] });
});

const begin = async (cancel = () => {}) => {
  let work: ReturnType<typeof listWork> | null = null;
  await act(async () => {
    work = listWork(sync, cancel);
  });
  if (work === null) throw new Error("nothing was listed");
  return work as ReturnType<typeof listWork>;
};
const panel = () => document.querySelector<HTMLElement>("[aria-label='Work']");
const news = () => page.host.ownerDocument.querySelector("aside")?.textContent ?? "";

describe("the place of running work", () => {
  it("counts what runs in its name, and lists each with progress and a way to stop it", async () => {
    const cancel = vi.fn();
    const work = await begin(cancel);
    await act(async () => work.progress(progress("judging", { done: 12_000, total: 100_000 })));
    await click(findButton("Work: 1 is running"));
    expect(panel()?.textContent).toContain("12,000 of 100,000");
    expect(panel()?.querySelector("[role='progressbar']")?.getAttribute("aria-valuenow")).toBe("12000");
    await click(findButton("Cancel: Sync Again of Contoso HQ"));
    expect(cancel).toHaveBeenCalledOnce();
  });

  it("leaves the focus on the button of work that ends, and in the panel when it is removed", async () => {
    const work = await begin();
    await click(findButton("Work: 1 is running"));
    const button = findButton("Cancel: Sync Again of Contoso HQ");
    button.focus();
    await act(async () => work.end(null));
    expect(document.activeElement).toBe(button);
    expect(panel()?.textContent).toContain("Done, ");
    await click(findButton("Remove from the list: Sync Again of Contoso HQ"));
    expect(panel()?.textContent).toContain("No work is running.");
    expect(panel()?.contains(document.activeElement)).toBe(true);
  });

  it("goes to the page of a work", async () => {
    const work = await begin();
    await click(findButton("Work: 1 is running"));
    const link = panel()?.querySelector("a");
    expect(link?.getAttribute("href")).toBe("#/stores/s/messaging-system");
    await act(async () => link?.click());
    expect(navigation.getState().route).toEqual(route);
    await act(async () => work.end(null));
  });
});

describe("the end of work", () => {
  it("is told where its page is not open, with the reason of a failure", async () => {
    await act(async () => listWork(sync, () => {}).end(null));
    expect(news()).toContain("Sync Again of Contoso HQ: done.");
    await act(async () => listWork(sync, () => {}).end({ kind: "timeout", phase: "search", afterMs: 30_000 }));
    expect(news()).toContain("Sync Again of Contoso HQ: failed. ");
  });

  it("is not told on its own page, nor to who cancelled it", async () => {
    await act(async () => listWork(sync, () => {}).end({ kind: "cancelled" }));
    navigation.setState({ route });
    await act(async () => listWork(sync, () => {}).end(null));
    expect(news()).toBe("");
  });
});
