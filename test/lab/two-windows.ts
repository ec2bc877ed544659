/**
 * Two pages on one store, worked on at random for a minute, and a bookkeeper who holds them to it: whatever was typed is on the
 * page, in the draft or in a revision, or was given up by a person who saw it; whoever wrote over something had been shown it;
 * and a save holds what its page showed, no more and no less.
 */
import { AsyncLocalStorage } from "node:async_hooks";
import { createRouterClient } from "@orpc/server";
import type { AppRouter } from "../../main/router/index.ts";
import type { Store, StoredDraft } from "../../main/store/types.ts";
import { createEditor, type Editor } from "../../renderer/stores/editor.ts";
import { currentForm, isUnsettled } from "../../renderer/stores/editor-model.ts";
import { draftKey } from "../../shared/rules/draft-changes.ts";
import { DraftVersions, watchDraft, type DraftWrite } from "./draft-writes.ts";
import { drive, passFakeTime } from "./fake-time.ts";

const FIELDS = ["domain", "username"] as const;
type Field = (typeof FIELDS)[number];
const MINUTE_MS = 60_000;
/** Longer than any autosave, its retry and the poll for other processes. */
const QUIET_MS = 15_000;

/** Numbers in [0, 1) that are the same for the same seed (mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = Math.trunc(state + 0x6d2b79f5);
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** An app that shows a page: its router, and its own connection to the database. */
export interface Host {
  readonly router: AppRouter;
  readonly store: Store;
}

/** A value that somebody typed; every one is another. */
interface Typed {
  readonly by: string;
  readonly field: Field;
  /** What the page had shown in the field until then, by this and earlier sights. */
  readonly seen: ReadonlySet<string>;
}

class Bookkeeper {
  readonly faults: string[] = [];
  readonly typed = new Map<string, Typed>();
  /** What reached the draft, ever. */
  readonly drafted = new Set<string>();
  /** What a person gave up: over it another was picked, or a draft with it discarded. */
  readonly given = new Set<string>();
  readonly #pages = new Map<string, Page>();

  add(page: Page): void {
    this.#pages.set(page.name, page);
  }

  /** A call of `name` made this of the draft. */
  saw(name: string, { call, before, after, kept }: DraftWrite): void {
    for (const field of FIELDS) {
      const [old, next] = [before, after].map((draft) => valueOf(draft, field));
      if (next != null) this.drafted.add(next);
      if (old == null || old === next) continue;
      if (after !== null) this.#written(name, field, old, next ?? "");
      else if (call === "save" && kept?.configuration.values[field] !== old) this.faults.push(`${name} saved "${String(kept?.configuration.values[field])}" in ${field} where the draft said "${old}"`);
      else if (call === "remove") this.#discarded(name, field, old);
    }
  }

  #written(name: string, field: Field, old: string, next: string): void {
    const origin = this.typed.get(old);
    if (origin === undefined || origin.by === name) return;
    const isTold = this.typed.get(next)?.seen.has(old) === true || this.#pages.get(name)?.asked.has(old) === true;
    if (!isTold) this.faults.push(`${name} wrote "${next}" over "${old}" of ${origin.by} in ${field} and was never shown it`);
    this.given.add(old);
  }

  #discarded(name: string, field: Field, old: string): void {
    if (this.#pages.get(name)?.shown[field].has(old) !== true) this.faults.push(`${name} discarded "${old}" in ${field} without having seen it`);
    const origin = this.typed.get(old);
    // Whoever typed it is offered it again; that is looked at in the end.
    if (origin === undefined || origin.by === name) this.given.add(old);
  }

  /** Nobody does anything any more: what became of the last that each page typed into each field? */
  settle(pages: readonly Page[]): void {
    for (const page of pages) {
      for (const field of FIELDS) {
        const last = [...this.typed].findLast(([, typed]) => typed.by === page.name && typed.field === field)?.[0];
        if (last === undefined || this.given.has(last) || page.saved.has(last) || page.value(field) === last) continue;
        this.faults.push(`"${last}" of ${page.name} in ${field} is nowhere: the page shows "${page.value(field)}"${this.drafted.has(last) ? ", and it was in the draft" : ""}`);
      }
    }
  }
}

function valueOf(draft: StoredDraft | null, field: Field): string | null {
  const value = draft?.forms["toy"]?.configuration.values[field];
  return typeof value === "string" ? value : null;
}

export class Page {
  readonly name: string;
  readonly editor: Editor;
  readonly asked = new Set<string>();
  readonly saved = new Set<string>();
  readonly shown: Readonly<Record<Field, Set<string>>> = { domain: new Set(), username: new Set() };

  constructor(name: string, editor: Editor) {
    this.name = name;
    this.editor = editor;
    editor.state.subscribe(() => this.look());
  }

  value(field: Field): string {
    return String(currentForm(this.editor.state.getState())?.values[field] ?? "");
  }

  look(): void {
    const { known, choice } = this.editor.state.getState();
    for (const field of FIELDS) {
      this.shown[field].add(this.value(field));
      // Below what was typed here the page says which fields another window changed.
      this.shown[field].add(String(known.forms[choice?.provider ?? ""]?.values[field] ?? ""));
    }
    for (const { before } of this.editor.state.getState().meeting?.differences ?? []) this.asked.add(before ?? "");
  }
}

export interface Round {
  readonly storeId: string;
  readonly seed: number;
  /** One host for both pages, or one for each. */
  readonly hosts: readonly [Host, Host];
}

/** Which page's call is being answered. */
const calling = new AsyncLocalStorage<string>();

/** Plays one round under fake timers. Answers what the bookkeeper found wrong; empty when nothing was lost and everything told. */
export async function playRound({ storeId, seed, hosts }: Round): Promise<readonly string[]> {
  const random = randomFrom(seed);
  const books = new Bookkeeper();
  const wait = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, random() * ms));
  const versions = new DraftVersions();
  for (const { store } of new Set(hosts)) watchDraft(store, storeId, versions, (write) => books.saw(calling.getStore() ?? "nobody", write));
  const pages = hosts.map((host, index) => {
    const name = `page ${index + 1}`;
    const { editor, stores } = createRouterClient(host.router, {
      interceptors: [
        async ({ next }) => {
          await wait(80);
          const answer: unknown = await calling.run(name, () => next());
          await wait(80);
          return answer;
        },
      ],
    });
    const page = new Page(name, createEditor(storeId, { editor, stores }));
    books.add(page);
    const unsubscribe = host.store.onChange(() => {
      const revision = host.store.identityStores.get(storeId)?.revision ?? 0;
      const draftVersion = host.store.drafts.version(storeId);
      void wait(200).then(() => page.editor.hear({ revision, draftVersion }));
    });
    return { page, unsubscribe };
  });

  const settle = async (page: Page) => {
    const differences = page.editor.state.getState().meeting?.differences ?? [];
    const picks = Object.fromEntries(differences.map((each) => [draftKey(each.provider, each.key), random() < 0.5 ? ("mine" as const) : ("theirs" as const)]));
    for (const each of differences) if (picks[draftKey(each.provider, each.key)] === "theirs" && each.after !== null) books.given.add(each.after);
    await page.editor.settle(picks);
    page.editor.dismiss();
  };

  const save = async (page: Page) => {
    await page.editor.flush();
    if (isUnsettled(page.editor.state.getState())) return settle(page);
    const reviewed = await page.editor.review();
    if (!reviewed.ok || isUnsettled(page.editor.state.getState())) return;
    const before = page.editor.state.getState().saved?.values;
    const listed = FIELDS.map((field) => reviewed.value.changes.find(({ key }) => key === `values.${field}`)?.after ?? null);
    FIELDS.forEach((field, index) => page.shown[field].add(listed[index] ?? String(before?.[field] ?? "")));
    await wait(1500);
    const saved = await page.editor.save();
    if (!saved.ok || !saved.value.changed) return;
    const host = hosts[pages.findIndex((each) => each.page === page)] ?? hosts[0];
    const valuesOf = async (revision: number) => (await host.store.identityStores.revisionDocument(storeId, revision))?.messaging?.configuration.values;
    const [over, document] = [await valuesOf(saved.value.revision - 1), await valuesOf(saved.value.revision)];
    FIELDS.forEach((field, index) => {
      // What the review did not list stays what it was.
      const expected = listed[index] ?? String(over?.[field] ?? "");
      if (document?.[field] !== expected) books.faults.push(`${page.name} reviewed "${expected}" in ${field} and saved "${String(document?.[field])}"`);
    });
    for (const text of books.typed.keys()) if (FIELDS.some((field) => document?.[field] === text)) for (const each of pages) each.page.saved.add(text);
  };

  let count = 0;
  const act = async (page: Page): Promise<void> => {
    const chance = random();
    if (chance < 0.66) {
      const field = random() < 0.5 ? "domain" : "username";
      count += 1;
      const text = `${page.name.replace(" ", "")}-${count}.lab`;
      books.typed.set(text, { by: page.name, field, seen: new Set(page.shown[field]) });
      page.editor.setValue(field, text);
    } else if (chance < 0.74) {
      await page.editor.setSecret("password", `secret ${(count += 1)} of ${page.name}`);
    } else if (chance < 0.82) {
      page.editor.moveServer(random() < 0.5 ? "exa.contoso.lab" : "exb.contoso.lab", random() < 0.3 ? "none" : 1);
    } else if (chance < 0.85) {
      page.editor.undoServers();
    } else if (chance < 0.91) {
      await save(page);
    } else if (chance < 0.94) {
      const shown = FIELDS.map((field) => page.value(field));
      const result = await page.editor.discardDraft();
      // What was not in the draft yet was discarded with it, by the same person.
      if (result.ok) for (const text of [...shown, ...books.typed.keys()]) if (books.typed.get(text)?.by === page.name) books.given.add(text);
    } else if (isUnsettled(page.editor.state.getState())) {
      await settle(page);
    }
  };

  await drive(Promise.all(pages.map(({ page }) => page.editor.open())));
  const minute = new AbortController();
  const people = pages.map(async ({ page }) => {
    while (!minute.signal.aborted) {
      await wait(random() < 0.2 ? 4000 : 700);
      if (!minute.signal.aborted) await act(page);
    }
  });
  await passFakeTime(MINUTE_MS);
  minute.abort();
  await drive(Promise.all(people));
  for (let turn = 0; turn < 6; turn += 1) {
    await passFakeTime(QUIET_MS);
    for (const { page } of pages) if (isUnsettled(page.editor.state.getState())) await drive(settle(page));
  }
  books.settle(pages.map(({ page }) => page));
  const [one, other] = pages.map(({ page }) => FIELDS.map((field) => page.value(field)).join(" | "));
  if (one !== other) books.faults.push(`the pages show different things in the end: ${one} and ${other}`);
  for (const { page, unsubscribe } of pages) {
    unsubscribe();
    page.editor.dispose();
  }
  return books.faults;
}
