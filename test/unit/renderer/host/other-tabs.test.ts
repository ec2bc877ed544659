/** The way in for a new tab, over the channel that pages of one origin share. */
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { answerOtherTabs, askOtherTabs } from "../../../../renderer/host/other-tabs.ts";

const channels: BroadcastChannel[] = [];
beforeEach(() => {
  vi.stubGlobal(
    "BroadcastChannel",
    class extends BroadcastChannel {
      constructor(name: string) {
        super(name);
        channels.push(this);
      }
    },
  );
});
afterEach(() => {
  for (const channel of channels.splice(0)) channel.close();
  vi.unstubAllGlobals();
});

it("is a code that a tab inside had made for it", async () => {
  const invite = vi.fn(() => Promise.resolve("the-code"));
  answerOtherTabs(invite);
  expect(await askOtherTabs()).toBe("the-code");
  expect(invite).toHaveBeenCalledOnce();
});

it("is another one for each tab that asks at the same time", async () => {
  let made = 0;
  answerOtherTabs(() => Promise.resolve(`code ${(made += 1)}`));
  const codes = await Promise.all([askOtherTabs(), askOtherTabs(), askOtherTabs()]);
  expect(new Set(codes).size).toBe(3);
});

it("is none where nobody is inside, or where who is inside gets none", async () => {
  expect(await askOtherTabs()).toBeNull();
  answerOtherTabs(() => Promise.resolve(null));
  expect(await askOtherTabs()).toBeNull();
});

it("is not found in what is no answer, and nothing is asked for by what is no question", async () => {
  const invite = vi.fn(() => Promise.resolve(null));
  answerOtherTabs(invite);
  const stranger = new BroadcastChannel("messaging-console");
  const asked = askOtherTabs();
  // oxlint-disable-next-line unicorn/require-post-message-target-origin
  for (const message of [null, 7, "x", { to: "another", code: "not-mine" }, { code: "for-nobody" }, { to: 1, code: 2 }, { from: 9 }]) stranger.postMessage(message);
  expect(await asked).toBeNull();
  expect(invite).toHaveBeenCalledOnce();
});
