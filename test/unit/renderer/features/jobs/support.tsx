/** Jobs over a main that a test makes up. */
import { act, type ReactNode } from "react";
import { jobDrafts } from "../../../../../renderer/features/jobs/drafts.ts";
import { jobWorks } from "../../../../../renderer/features/jobs/job-work.ts";
import { provideClient } from "../../../../../renderer/host/client.ts";
import { navigation } from "../../../../../renderer/stores/navigation.ts";
import type { Route } from "../../../../../renderer/stores/routes.ts";
import { runningWork } from "../../../../../renderer/stores/running-work.ts";
import { storesList } from "../../../../../renderer/stores/stores-list.ts";
import "../../../../../renderer/text/all-texts.ts";
import type { FeedEvent } from "../../../../../shared/contract/feed.ts";
import type { JobSettings } from "../../../../../shared/model/job.ts";
import type { JobRun } from "../../../../../shared/model/job-run.ts";
import { succeed } from "../../../../../shared/result.ts";
import { hush, render, type Rendered } from "../../render.tsx";
import { standInClient } from "../../stand-in-client.ts";
import { detail, plannedRow, run, settings, store, summary } from "./fixtures.ts";

/** What main was asked, in its order: the call and its input. */
export const asked: (readonly [call: string, input: unknown])[] = [];
export const inputsOf = (call: string): readonly unknown[] => asked.filter(([name]) => name === call).map(([, input]) => input);

/** What the feed of jobs and runs has said; whoever follows it is told of the next. */
let news = 0;
const followers = new Set<() => void>();

async function* newsOf(): AsyncGenerator<FeedEvent<string>> {
  yield { type: "snapshot", sequence: 0, entries: [{ key: "newest", value: String(news) }] };
  for (let sequence = 1; ; sequence += 1) {
    // oxlint-disable-next-line no-await-in-loop
    await new Promise<void>((resolve) => followers.add(resolve));
    yield { type: "change", sequence, set: [{ key: "newest", value: String(news) }], removed: [] };
  }
}

/** Something was changed elsewhere. */
export async function tellNews(): Promise<void> {
  news += 1;
  await act(async () => {
    for (const tell of followers) tell();
    followers.clear();
  });
}

type Answers = Readonly<Record<string, (input: never, signal?: AbortSignal) => unknown>>;

export function answer(answers: Answers): void {
  const usual: Answers = {
    "jobs.list": () => succeed([summary()]),
    "jobs.get": () => succeed(detail()),
    "jobs.check": () => succeed([]),
    "jobs.blank": () => succeed(settings({ name: "New job", mapping: [] })),
    "jobs.evaluate": ({ mapping, rows }: { readonly mapping: JobSettings["mapping"]; readonly rows: readonly unknown[] }) => succeed(rows.map(() => mapping.map(({ target }) => ({ target, value: "made", issue: null })))),
    "jobs.nextRuns": () => succeed([]),
    "jobs.release": () => null,
    "jobs.planned": () => succeed({ rows: [plannedRow()], total: 1 }),
    "jobs.news": () => newsOf(),
    "jobs.runs": () => succeed({ runs: [], next: null }),
    "jobs.rows": () => succeed({ run: run(), rows: [], total: 0 }),
    "app.preferences.set": (change: object) => succeed(change),
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

/** Runs as main has them, the newest first, a page at a time. */
export function historyOf(runs: readonly JobRun[]) {
  return ({ before, most }: { readonly before: string | null; readonly most: number }) => {
    const from = before === null ? 0 : Number(before);
    return succeed({ runs: runs.slice(from, from + most), next: from + most < runs.length ? String(from + most) : null });
  };
}

let page: Rendered | null = null;
export const shown = (): string => page?.host.textContent ?? "";

export async function openPage(route: Route, node: ReactNode): Promise<void> {
  navigation.setState({ route });
  page = await render(node);
}

export function closePage(): void {
  page?.unmount();
  page = null;
}

/** Puts everything that outlives a page back to its beginning. */
export function forgetAll(): void {
  closePage();
  hush();
  followers.clear();
  asked.length = 0;
  jobDrafts.setState({ drafts: new Map() });
  jobWorks.setState({ works: new Map() });
  runningWork.setState({ entries: [], used: false });
  storesList.setState({ freshness: "current", entries: new Map([["s1", store()]]) });
}

export function box(name: string): HTMLInputElement & HTMLTextAreaElement & HTMLSelectElement {
  const found = document.querySelector<HTMLInputElement & HTMLTextAreaElement & HTMLSelectElement>(`[name='${name}']`);
  if (found === null) throw new Error(`there is no box ${name}`);
  return found;
}

export async function select(name: string, value: string): Promise<void> {
  const element = box(name);
  await act(async () => {
    element.value = value;
    element.dispatchEvent(new Event("change", { bubbles: true }));
  });
}

export const rowsOf = (label: string): readonly (readonly string[])[] =>
  [...document.querySelectorAll(`table[aria-label='${label}'] > tbody > tr`)].map((row) => [...row.children].map((cell) => cell.textContent));

export function inDialog(name: string): HTMLElement {
  const button = [...document.querySelectorAll<HTMLElement>("[role='alertdialog'] button, [role='dialog'] button")].find((each) => each.textContent === name);
  if (button === undefined) throw new Error(`the dialog has no button ${name}`);
  return button;
}
