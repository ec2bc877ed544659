import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { take } from "../store/support.ts";
import { connection, contentOf, layBed, type Bed } from "./support.ts";

let bed: Bed;
beforeEach(async () => (bed = await layBed()));
afterEach(() => bed.dispose());

describe("a draft", () => {
  it("tells what a save would refuse", async () => {
    const { id: storeId } = take(bed.services.stores.create("HQ", connection, null));
    const draft = take(await bed.services.editor.setSecret({ storeId, provider: "toy", field: "password" }, "secret-42"));
    expect(draft.issues).toEqual([{ path: ["username"], code: "required" }]);
    expect(take(bed.services.editor.saveDraft(storeId, contentOf(draft, { username: "svc" }))).issues).toEqual([]);
    take(bed.services.editor.save(storeId, 1));
  });
});
