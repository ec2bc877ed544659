/** Mail objects over a main that a test makes up. */
import { act } from "react";
import { findings } from "../../../../../renderer/features/mail-objects/finding.ts";
import { mailFiles } from "../../../../../renderer/features/mail-objects/file-state.ts";
import { objectForms } from "../../../../../renderer/features/mail-objects/form-state.ts";
import { objectRuns } from "../../../../../renderer/features/mail-objects/runs.ts";
import { provideClient } from "../../../../../renderer/host/client.ts";
import { preferences } from "../../../../../renderer/stores/preferences.ts";
import { runningWork } from "../../../../../renderer/stores/running-work.ts";
import { storesList } from "../../../../../renderer/stores/stores-list.ts";
import "../../../../../renderer/text/all-texts.ts";
import { madeProgress, type WorkEvent } from "../../../../../shared/contract/progress.ts";
import { defaultPreferences } from "../../../../../shared/contract/default-preferences.ts";
import type { JournalPage, JournalQuestion } from "../../../../../shared/contract/mail-objects.ts";
import type { JournalEntry, MailRequest, MailStep } from "../../../../../shared/model/mail-object.ts";
import { succeed, type Result } from "../../../../../shared/result.ts";
import { hush } from "../../render.tsx";
import { standInClient } from "../../stand-in-client.ts";
import { offer, planOf } from "./fixtures.ts";

/** What main was asked, in its order: the call and its input. */
export const asked: (readonly [call: string, input: unknown])[] = [];
export const inputsOf = (call: string): readonly unknown[] => asked.filter(([name]) => name === call).map(([, input]) => input);
type Answers = Readonly<Record<string, (input: never, signal?: AbortSignal) => unknown>>;

/** Work that makes these steps, each begun and ended, and ends so. */
export async function* work<T>(steps: readonly MailStep[], result: Result<T> | Promise<Result<T>>): AsyncGenerator<WorkEvent<T>> {
  for (const made of steps) {
    yield madeProgress({ entry: "e1", name: "Sales", place: 1, step: { ...made, ms: null, outcome: { state: "started" } } });
    yield madeProgress({ entry: "e1", name: "Sales", place: 1, step: made });
  }
  yield { type: "done", result: await result };
}

/** The journal as main has it, of entries in the order they were written: the newest first, by the page, and only what was asked for. */
export function journalOf(entries: () => readonly JournalEntry[]): (question: JournalQuestion) => Result<JournalPage> {
  return ({ storeId, run, states, before, most }) => {
    const held = entries()
      .map((one, index) => ({ one, number: index + 1 }))
      .toReversed()
      .filter(({ one, number }) => (before === null || number < Number(before)) && (storeId === null || one.storeId === storeId) && (run === null || one.run === run) && (states.length === 0 || states.includes(one.state)));
    const shown = held.slice(0, most);
    return succeed({ entries: shown.map(({ one }) => one), next: held.length > most ? String(shown.at(-1)?.number) : null });
  };
}

async function* onlyNewest() {
  yield { type: "snapshot", sequence: 0, entries: [{ key: "newest", value: "1" }] };
  await new Promise(() => undefined);
}

export function answer(answers: Answers): void {
  const usual: Answers = {
    "mailObjects.offer": () => succeed(offer),
    "mailObjects.propose": ({ name }: { readonly name: string }) => succeed({ alias: name.toLowerCase(), accountName: name.toLowerCase(), address: null }),
    "mailObjects.plan": ({ request }: { readonly request: MailRequest }) => succeed(planOf(request)),
    "mailObjects.journalNews": () => onlyNewest(),
    "mailObjects.releaseBatch": () => succeed(null),
    "files.release": () => succeed(null),
    "app.preferences.set": (change: object) => succeed({ ...preferences.getState(), ...change }),
  };
  const heard = Object.entries({ ...usual, ...answers }).map(([call, reply]) => [
    call,
    (input: never, signal?: AbortSignal) => {
      asked.push([call, input]);
      return reply(input, signal);
    },
  ]);
  provideClient(standInClient(Object.fromEntries(heard)));
}

/** Puts everything that outlives a page back to its beginning. */
export function forgetAll(): void {
  asked.length = 0;
  hush();
  objectForms.setState({ forms: new Map() });
  objectRuns.setState({ runs: new Map() });
  mailFiles.setState({ byStore: new Map() });
  findings.setState({ byStore: new Map() });
  runningWork.setState({ entries: [], used: false });
  storesList.setState({ freshness: "loading", entries: new Map() });
  preferences.setState(defaultPreferences);
}

export function box(name: string): HTMLInputElement & HTMLTextAreaElement {
  const found = document.querySelector<HTMLInputElement & HTMLTextAreaElement>(`main [name='${name}'], [name='${name}']`);
  if (found === null) throw new Error(`there is no box for ${name}`);
  return found;
}

export async function select(element: HTMLSelectElement, value: string): Promise<void> {
  await act(async () => {
    element.value = value;
    element.dispatchEvent(new Event("change", { bubbles: true }));
  });
}

/** Waits until an expectation holds, and lets React draw meanwhile. */
export async function holds(expectation: () => void): Promise<void> {
  for (let tries = 0; ; tries += 1) {
    try {
      expectation();
      return;
    } catch (error) {
      if (tries === 250) throw error;
    }
    // oxlint-disable-next-line no-await-in-loop
    await act(async () => new Promise((resolve) => setTimeout(resolve, 20)));
  }
}
