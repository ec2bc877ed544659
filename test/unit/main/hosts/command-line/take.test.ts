import { expect, it } from "vitest";
import { snapshot } from "../../../../../main/hosts/command-line/take.ts";
import { Feed } from "../../../../../main/feed.ts";

it("a feed is read to its first snapshot, and not any further", async () => {
  const feed = new Feed<number>();
  for (let index = 0; index < 120; index += 1) feed.set(String(index), index);
  let asked: AbortSignal | null = null;
  const values = await snapshot<number>((signal) => {
    asked = signal;
    return Promise.resolve(feed.read(signal));
  });
  expect(values).toHaveLength(120);
  expect(asked).toMatchObject({ aborted: true });
});
