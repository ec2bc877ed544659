import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { systemClock } from "../../../../main/hosts/shared/clock.ts";
import { FIRST_RETRY_MS, GATHER_MS, GIVE_UP_MS, LONGEST_RETRY_MS, MOST_LISTED, NoticeQueue, PAUSE_MS, type Batch } from "../../../../main/mail/queue.ts";
import type { Sent } from "../../../../main/mail/send.ts";
import { fail, succeed, type Fault, type Result } from "../../../../shared/fault.ts";

const GREYLISTED: Fault = { kind: "mail-refused", why: "greylisted" };
const ALL: Result<Sent> = succeed({ accepted: ["anna@contoso.lab"], refused: [] });

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);

function notice(subject: string) {
  return { kind: "server-offline", subject, detail: null, at: 0 };
}

function queueThat(answer: (batch: Batch, tries: number) => Result<Sent>) {
  const sent: Batch[] = [];
  const dropped: Fault[] = [];
  const deliver = (_storeId: string, batch: Batch) => {
    sent.push(batch);
    return Promise.resolve(answer(batch, sent.length));
  };
  const queue = new NoticeQueue({ clock: systemClock, deliver, dropped: (_storeId, fault) => void dropped.push(fault) });
  const subjects = () => sent.map(({ notices }) => notices.map(({ subject }) => subject).join(" "));
  return { queue, sent, dropped, subjects };
}

describe("notices", () => {
  test("that come together are one mail, and one mail in ten minutes is all that a store sends", async () => {
    const { queue, subjects } = queueThat(() => ALL);
    queue.add("a", notice("exa"));
    queue.add("a", notice("exb"));
    queue.add("b", notice("other"));
    await pass(GATHER_MS);
    expect(subjects()).toEqual(["exa exb", "other"]);
    queue.add("a", notice("exc"));
    await pass(PAUSE_MS - GATHER_MS);
    queue.add("a", notice("exd"));
    expect(subjects()).toHaveLength(2);
    await pass(GATHER_MS);
    expect(subjects()).toEqual(["exa exb", "other", "exc exd"]);
  });

  test("beyond what one mail lists are counted", async () => {
    const { queue, sent } = queueThat(() => ALL);
    for (let count = 0; count < MOST_LISTED + 3; count += 1) queue.add("a", notice(String(count)));
    await pass(GATHER_MS);
    expect(sent.map(({ notices, more }) => [notices.length, more])).toEqual([[MOST_LISTED, 3]]);
  });

  test("end with the queue", async () => {
    const { queue, sent } = queueThat(() => ALL);
    queue.add("a", notice("exa"));
    queue.dispose();
    await pass(PAUSE_MS);
    expect(sent).toEqual([]);
  });
});

describe("a mail that is put off", () => {
  test("is sent again as it was, later each time, and what happens meanwhile waits for the next one", async () => {
    const { queue, sent, dropped, subjects } = queueThat((_batch, tries) => (tries < 3 ? fail(GREYLISTED) : ALL));
    queue.add("a", notice("exa"));
    await pass(GATHER_MS);
    queue.add("a", notice("exb"));
    await pass(FIRST_RETRY_MS - 1);
    expect(sent).toHaveLength(1);
    await pass(1);
    await pass(2 * FIRST_RETRY_MS);
    expect(subjects()).toEqual(["exa", "exa", "exa"]);
    expect(new Set(sent.map(({ key }) => key)).size).toBe(1);
    await pass(PAUSE_MS);
    expect([subjects().at(-1), dropped]).toEqual(["exb", []]);
  });

  test("goes on to those alone who have not got it", async () => {
    const { queue, sent } = queueThat((_batch, tries) => (tries === 1 ? succeed({ accepted: ["anna@contoso.lab"], refused: [{ address: "ben@greylisted.lab", fault: GREYLISTED }] }) : ALL));
    queue.add("a", notice("exa"));
    await pass(GATHER_MS + FIRST_RETRY_MS);
    expect(sent.map(({ to }) => to)).toEqual([null, ["ben@greylisted.lab"]]);
  });

  test("is given up after a day, and told once", async () => {
    const { queue, sent, dropped } = queueThat(() => fail(GREYLISTED));
    queue.add("a", notice("exa"));
    await pass(GATHER_MS);
    for (let passed = 0; passed < GIVE_UP_MS + LONGEST_RETRY_MS; passed += FIRST_RETRY_MS) await pass(FIRST_RETRY_MS);
    const tries = sent.length;
    expect(dropped).toEqual([GREYLISTED]);
    await pass(GIVE_UP_MS);
    expect(sent).toHaveLength(tries);
  });

  test.each([
    { kind: "sign-in", reason: "wrong-credentials" },
    { kind: "mail-refused", why: "sender-refused" },
  ] as const)("is not what %o is: an account that was refused is not tried again", async (fault) => {
    const { queue, sent, dropped } = queueThat(() => fail(fault));
    queue.add("a", notice("exa"));
    await pass(GATHER_MS);
    await pass(GIVE_UP_MS);
    expect([sent.length, dropped]).toEqual([1, [fault]]);
  });
});
