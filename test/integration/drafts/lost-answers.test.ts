/** One page alone, whose answers are lost at random: what it did itself is never told as somebody else's doing. */
import { createRouterClient } from "@orpc/server";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Unanswered } from "../../../renderer/host/unanswered.ts";
import { createEditor, type Editor } from "../../../renderer/stores/editor.ts";
import { currentForm } from "../../../renderer/stores/editor-model.ts";
import type { Result } from "../../../shared/fault.ts";
import { drive, passFakeTime } from "../../lab/fake-time.ts";
import { randomFrom } from "../../lab/two-windows.ts";
import { layBed, quietly, storeWithDraft } from "../../unit/main/services/support.ts";
import { take, temporaryFolder } from "../../unit/main/store/support.ts";

const ROUNDS = 50;
/** Of the rounds that chance makes, those in which a page once took its own doing for somebody else's. */
const ONCE_WRONG = [79, 80, 179, 242, 356, 366, 398, 505, 518, 583, 1016, 1089, 1145, 1146, 1759];
const ACTIONS = 40;

beforeEach(() => void vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "Date"] }));
afterEach(() => void vi.useRealTimers());

/** Calls whose answer is lost, and those of them that were not even made. */
const [LOST, NOT_MADE] = [0.35, 0.1];

/** Plays one round. Answers what the page said of others, and what it lost. */
async function play(seed: number): Promise<readonly string[]> {
  const place = temporaryFolder();
  const bed = await layBed({ folder: place.folder });
  const random = randomFrom(seed);
  const wrong: string[] = [];
  try {
    const storeId = await storeWithDraft(bed);
    take(await bed.services.editor.sync(storeId, quietly()));
    take(await bed.page.save(storeId, 1));
    let losing = true;
    const { editor, stores } = createRouterClient(bed.router, {
      interceptors: [
        async ({ next }) => {
          const chance = losing ? random() : 1;
          await new Promise((resolve) => setTimeout(resolve, random() * 80));
          if (chance < NOT_MADE) throw new Unanswered("unknown");
          const answer: unknown = await next();
          if (chance < LOST) throw new Unanswered("unknown");
          return answer;
        },
      ],
    });
    let page: Editor = createEditor(storeId, { editor, stores });
    const unsubscribe = bed.store.onChange(() => {
      const revision = bed.store.identityStores.get(storeId)?.revision ?? 0;
      const draftVersion = bed.store.drafts.version(storeId);
      const hearing = page;
      setTimeout(() => hearing.hear({ revision, draftVersion }), random() * 200);
    });
    const look = (what: string, result?: Result<unknown>) => {
      const { meeting, elsewhere } = page.state.getState();
      if (meeting !== null) wrong.push(`after ${what} the page asks: ${JSON.stringify(meeting)}`);
      if (elsewhere.length > 0) wrong.push(`after ${what} the page tells of others: ${JSON.stringify(elsewhere)}`);
      // What was typed may well be invalid.
      if (result?.ok === false && !["no-connection", "invalid"].includes(result.fault.kind)) wrong.push(`${what} was refused: ${JSON.stringify(result.fault)}`);
    };
    await drive(page.open());
    let typed = "";
    for (let number = 0; number < ACTIONS && wrong.length === 0; number += 1) {
      const chance = random();
      // Before a page has opened there is nothing to press.
      if (page.state.getState().phase !== "ready") {
        await drive(page.open());
        continue;
      }
      if (chance < 0.6) {
        typed = `typed-${number}.lab`;
        page.setValue("domain", typed);
      } else if (chance < 0.7) look("a secret", await drive(page.setSecret("password", `secret ${number}`)));
      else if (chance < 0.75) page.moveServer(random() < 0.5 ? "exa.contoso.lab" : "exb.contoso.lab", random() < 0.3 ? "none" : 1);
      else if (chance < 0.87) {
        const reviewed = await drive(page.review());
        look("a review", reviewed);
        if (reviewed.ok) look("a save", await drive(page.save()));
      } else if (chance < 0.95) {
        const result = await drive(page.discardDraft());
        look("a discard", result);
        // Given up, whether it is gone now or goes when it is heard that it was discarded.
        typed = "";
        if (result.ok && bed.store.drafts.version(storeId) !== null) wrong.push("a draft is shown as discarded and is there");
      } else {
        await drive(page.flush());
        page.dispose();
        await passFakeTime(10_000);
        page = createEditor(storeId, { editor, stores });
        await drive(page.open());
        page.continueDraft();
        typed = "";
      }
      await passFakeTime(random() * 2_000);
      look("a while");
    }
    losing = false;
    await passFakeTime(30_000);
    look("all of it");
    if (typed !== "" && currentForm(page.state.getState())?.values["domain"] !== typed) wrong.push(`"${typed}" is lost`);
    unsubscribe();
    page.dispose();
  } finally {
    await bed.dispose();
    place.remove();
  }
  return wrong;
}

test.each([...Array.from({ length: ROUNDS }, (_, index) => index + 1), ...ONCE_WRONG])("a page alone is asked nothing about itself, round %i", async (seed) => {
  expect(await play(seed)).toEqual([]);
});
