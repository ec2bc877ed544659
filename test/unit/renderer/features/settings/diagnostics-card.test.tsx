// @vitest-environment jsdom
/** The card Diagnostics over a main that a test makes up: what was gathered outlives the page, and stopping is said. */
import { act } from "react";
import { afterEach, expect, it } from "vitest";
import { DiagnosticsCard } from "../../../../../renderer/features/settings/diagnostics-card.tsx";
import { lastDiagnostics } from "../../../../../renderer/features/settings/diagnostics-work.ts";
import { provideClient } from "../../../../../renderer/host/client.ts";
import { navigation } from "../../../../../renderer/stores/navigation.ts";
import { runningWork } from "../../../../../renderer/stores/running-work.ts";
import "../../../../../renderer/text/all-texts.ts";
import type { Hello } from "../../../../../shared/contract/app.ts";
import type { Diagnostics } from "../../../../../shared/contract/diagnostics.ts";
import { progress, type WorkEvent } from "../../../../../shared/contract/progress.ts";
import { succeed } from "../../../../../shared/result.ts";
import { click, findButton, hush, render, spoken, type Rendered } from "../../render.tsx";
import { standInClient } from "../../stand-in-client.ts";
import { holds } from "../mail-objects/support.tsx";

const hello: Hello = { contract: "", version: "0.1.0", host: "loopback", platform: "linux", practice: false, dataDirectory: "", keyProtection: null, filePicker: "upload", user: "eva", storeNotice: null };
const gathered: Diagnostics = { fileName: "case.zip", base64: btoa("zip"), files: [{ name: "about.json", size: 7 }] };

let page: Rendered | null = null;
const box = () => {
  const found = page?.host.querySelector("input") ?? null;
  if (found === null) throw new Error("there is no box to tick");
  return found;
};
const shown = () => page?.host.textContent ?? "";

async function open(gather: (signal: AbortSignal | undefined) => AsyncIterable<WorkEvent<Diagnostics>>): Promise<void> {
  provideClient(standInClient({ "diagnostics.gather": (_input: unknown, signal?: AbortSignal) => gather(signal) }));
  navigation.setState({ route: { page: "settings" } });
  page = await render(<DiagnosticsCard hello={hello} />);
}

async function comeBack(): Promise<void> {
  page?.unmount();
  page = await render(<DiagnosticsCard hello={hello} />);
}

afterEach(() => {
  page?.unmount();
  hush();
  lastDiagnostics.setState({ gathering: null });
  runningWork.setState({ entries: [], used: false });
});

it("has what was gathered while its page was left, until that was seen", async () => {
  const { promise, resolve } = Promise.withResolvers<null>();
  await open(async function* finishes() {
    await promise;
    yield { type: "done", result: succeed(gathered) };
  });
  await click(box());
  await click(findButton("List the files…"));
  await comeBack();
  expect(findButton("List the files…").getAttribute("aria-disabled")).toBe("true");
  page?.unmount();
  await act(async () => resolve(null));
  page = await render(<DiagnosticsCard hello={hello} />);
  await holds(() => expect(shown()).toContain("about.json"));
  // It is one with names, as its page says.
  expect(shown()).toContain("Names are in them as they are.");
  expect(box().checked).toBe(true);
  await comeBack();
  expect(shown()).not.toContain("about.json");
});

it("says that gathering was stopped", async () => {
  await open(async function* lasts(signal) {
    yield progress("reading-log", { done: 1, total: 2 });
    await new Promise((_resolve, reject) => signal?.addEventListener("abort", () => reject(new DOMException("cancelled", "AbortError"))));
  });
  await click(findButton("List the files…"));
  await click(findButton("Cancel: Gathering diagnostics"));
  await holds(() => expect(shown()).toContain("Gathering was stopped."));
  expect(spoken("polite").join(" ")).toContain("Gathering was stopped.");
});
