/** The page Handover over a main that a test makes up. */
import { act } from "react";
import { HandoverPage } from "../../../../../renderer/features/handover/handover-page.tsx";
import { lastExport } from "../../../../../renderer/features/handover/export-work.ts";
import { imports, noImport } from "../../../../../renderer/features/handover/import-state.ts";
import { noProbe, probeImport } from "../../../../../renderer/features/handover/probe-state.ts";
import { provideClient } from "../../../../../renderer/host/client.ts";
import { navigation } from "../../../../../renderer/stores/navigation.ts";
import { runningWork } from "../../../../../renderer/stores/running-work.ts";
import "../../../../../renderer/text/all-texts.ts";
import type { ComparedStore, HandedStore, OpenedBundle } from "../../../../../shared/contract/handover.ts";
import { progress, type WorkEvent } from "../../../../../shared/contract/progress.ts";
import { succeed, type Result } from "../../../../../shared/result.ts";
import { hush, render, type Rendered } from "../../render.tsx";
import { standInClient } from "../../stand-in-client.ts";

const asked: (readonly [call: string, input: unknown])[] = [];
export const inputsOf = (call: string): readonly unknown[] => asked.filter(([name]) => name === call).map(([, input]) => input);

/** Work that ends so at once. */
export async function* ends<T>(result: Result<T>): AsyncGenerator<WorkEvent<T>> {
  yield progress("trial", { done: 1, total: 2 });
  yield { type: "done", result };
}

/** Work that goes on until it is cancelled. */
export async function* lasts(signal?: AbortSignal): AsyncGenerator<WorkEvent<never>> {
  yield progress("trial", { done: 1, total: 2 });
  await new Promise((_resolve, reject) => signal?.addEventListener("abort", () => reject(new DOMException("cancelled", "AbortError"))));
}

export const handed = (change: Partial<HandedStore> = {}): HandedStore => ({
  id: "s1",
  name: "Contoso HQ",
  kind: "active-directory",
  messaging: { provider: "exchange", variant: "2016" },
  servers: 3,
  secrets: ["directory.password", "messaging.password"],
  unreadable: [],
  hasDraft: false,
  ...change,
});

export const compared = (change: Partial<ComparedStore> = {}): ComparedStore => ({
  place: 0,
  name: "Contoso HQ",
  kind: "active-directory",
  messaging: { provider: "exchange", variant: "2016" },
  match: null,
  state: "added",
  changes: [],
  missing: [],
  fault: null,
  hasDraft: false,
  ...change,
});

export const opened = (stores: readonly ComparedStore[]): OpenedBundle => ({
  bundle: "b1",
  sealed: "passphrase",
  createdAt: "2026-11-20T09:00:00.000Z",
  createdBy: "CONTOSO\\ann",
  application: "0.1.0",
  stores: [...stores],
});

/** Of the age tool's documentation. */
export const OWN_KEY = "age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p";

export type Answers = Readonly<Record<string, (input: never, signal?: AbortSignal) => unknown>>;

export async function* received(file = "f1", name = "stores.age") {
  yield progress("transfer", { detail: "t1" });
  yield { type: "done", result: succeed({ file, name, size: 4 }) };
}

export async function openPage(answers: Answers, way?: "import" | "probe"): Promise<Rendered> {
  const usual: Answers = {
    "handover.contents": () => succeed([handed()]),
    "handover.key": () => succeed({ publicKey: OWN_KEY }),
    "handover.release": () => succeed(null),
    "files.receive": () => received(),
    "files.part": () => succeed(null),
    "files.release": () => succeed(null),
  };
  const heard = Object.entries({ ...usual, ...answers }).map(([call, reply]) => [
    call,
    (input: never, signal?: AbortSignal) => {
      asked.push([call, input]);
      return reply(input, signal);
    },
  ]);
  provideClient(standInClient(Object.fromEntries(heard)));
  navigation.setState({ route: { page: "handover", ...(way === undefined ? {} : { way }) } });
  return render(<HandoverPage />);
}

/** Puts everything that outlives a page back to its beginning. */
export function forgetAll(): void {
  asked.length = 0;
  hush();
  lastExport.setState({ export: null });
  imports.setState(noImport);
  probeImport.setState(noProbe);
  runningWork.setState({ entries: [], used: false });
}

/** Drops a file on the window. */
export async function drop(name = "stores.age"): Promise<void> {
  const event = Object.assign(new Event("drop", { cancelable: true }), { dataTransfer: { files: [new File(["seal"], name)], types: ["Files"] } });
  await act(async () => window.dispatchEvent(event));
}

export const areaOf = (name: string): HTMLTextAreaElement => {
  const area = document.querySelector(`textarea[name='${name}']`);
  if (area instanceof HTMLTextAreaElement) return area;
  throw new Error(`There is no area ${name}`);
};

export const boxOf = (name: string): HTMLInputElement => {
  const found = document.querySelector<HTMLInputElement>(`input[name='${name}']`);
  if (found === null) throw new Error(`there is no box ${name}`);
  return found;
};

/** The box to tick beside these words. */
export function tickBox(words: string): HTMLInputElement {
  const found = [...document.querySelectorAll<HTMLInputElement>("input[type='checkbox'], input[type='radio']")].find((box) => box.labels?.[0]?.textContent.startsWith(words) === true);
  if (found === undefined) throw new Error(`nothing to tick for ${words}`);
  return found;
}

/** What is told of an entry of a list. */
export const entryOf = (name: string): string => [...document.querySelectorAll("li")].find((entry) => entry.textContent.startsWith(name))?.textContent ?? "";
