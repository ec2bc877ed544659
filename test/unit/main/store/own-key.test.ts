import { afterEach, describe, expect, it } from "vitest";
import { platformKey, wayWith } from "../../../lab/key-wrapping.ts";
import { fail, succeed } from "../../../../shared/fault.ts";
import { open, take, temporaryFolder } from "./support.ts";

const place = temporaryFolder();
const { folder } = place;
afterEach(place.remove);

const shut = fail({ kind: "unreadable", what: "own-key-unreadable" });

describe("the key of a console", () => {
  it("is none at first, is kept once, and is there again", async () => {
    const store = await open({ folder });
    const { ownKey } = store.home;
    expect(ownKey.read()).toEqual(succeed(null));
    expect(await ownKey.keep("first")).toEqual(succeed("first"));
    // Another process was faster: what is kept is what has been shown to people.
    expect(await ownKey.keep("second")).toEqual(succeed("first"));
    await store.close();
    const again = await open({ folder });
    expect(again.home.ownKey.read()).toEqual(succeed("first"));
    await again.close();
  });

  it("gives way to a new one", async () => {
    const store = await open({ folder });
    const { ownKey } = store.home;
    await ownKey.keep("first");
    expect(await ownKey.replace("second")).toEqual(succeed(null));
    expect(ownKey.read()).toEqual(succeed("second"));
    await store.close();
  });

  it("stays where a team is forgotten", async () => {
    const store = await open({ folder });
    await store.home.ownKey.keep("first");
    take(await store.home.forget());
    expect(store.home.ownKey.read()).toEqual(succeed("first"));
    await store.close();
  });

  it("that the platform does not open is told as that, is not written over by itself, and is replaced when that is asked for", async () => {
    const before = await open({ folder });
    await before.home.ownKey.keep("first");
    await before.close();
    // As another account of the computer: a key of its own beside the one that it cannot open.
    const elsewhere = await open({ folder, keyWrapping: [wayWith(new Uint8Array(32).fill(9), "dpapi")] });
    const { ownKey } = elsewhere.home;
    expect(ownKey.read()).toEqual(shut);
    expect(await ownKey.keep("second")).toEqual(shut);
    await elsewhere.close();
    const back = await open({ folder, keyWrapping: [wayWith(platformKey)] });
    expect(back.home.ownKey.read()).toEqual(succeed("first"));
    await back.close();
    const renewed = await open({ folder, keyWrapping: [wayWith(new Uint8Array(32).fill(9), "dpapi")] });
    expect(await renewed.home.ownKey.replace("third")).toEqual(succeed(null));
    expect(renewed.home.ownKey.read()).toEqual(succeed("third"));
    await renewed.close();
  });

  it("is not kept where nothing protects it", async () => {
    const store = await open({ folder, keyWrapping: [] });
    expect(await store.home.ownKey.keep("first")).toEqual(fail({ kind: "not-stored", why: "no-protection" }));
    expect(await store.home.ownKey.replace("first")).toEqual(fail({ kind: "not-stored", why: "no-protection" }));
    expect(store.home.ownKey.read()).toEqual(succeed(null));
    await store.close();
  });
});
