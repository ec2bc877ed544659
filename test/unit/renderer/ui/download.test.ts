// @vitest-environment jsdom
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { bytesOf, download } from "../../../../renderer/ui/download.ts";

const addresses = new Set<string>();
beforeEach(() => {
  vi.useFakeTimers();
  Object.assign(URL, {
    createObjectURL: () => {
      addresses.add("blob:made");
      return "blob:made";
    },
    revokeObjectURL: (address: string) => addresses.delete(address),
  });
});
afterEach(() => vi.useRealTimers());

it("hands a file over under its name, and keeps its content no longer than the browser needs it", () => {
  const taken: string[] = [];
  const take = ({ target }: Event) => target instanceof HTMLAnchorElement && taken.push(`${target.download} ${target.href}`);
  const click = vi.spyOn(HTMLAnchorElement.prototype, "click").mockImplementation(function (this: HTMLAnchorElement) {
    this.addEventListener("click", take, { once: true });
    this.dispatchEvent(new Event("click"));
  });
  download("dates.ics", "BEGIN:VCALENDAR", "text/calendar");
  click.mockRestore();
  expect(taken).toEqual(["dates.ics blob:made"]);
  expect(addresses.size).toBe(1);
  vi.advanceTimersByTime(60_000);
  expect(addresses.size).toBe(0);
});

it("makes bytes of what main sends, whatever they are", () => {
  expect([...bytesOf(Buffer.from([0, 127, 128, 255]).toString("base64"))]).toEqual([0, 127, 128, 255]);
});
