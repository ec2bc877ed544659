import { describe, expect, it } from "vitest";
import { addressOf, placeOf, routeOf, type Route } from "../../../../renderer/stores/routes.ts";

const routes: readonly (readonly [Route, string])[] = [
  [{ page: "stores" }, "#/stores"],
  [{ page: "new-store" }, "#/stores/new"],
  [{ page: "store", id: "a/b c", section: "directory" }, "#/stores/a%2Fb%20c/directory"],
  [{ page: "store", id: "x", section: "messaging-system" }, "#/stores/x/messaging-system"],
  [{ page: "store", id: "x", section: "history" }, "#/stores/x/history"],
  [{ page: "store", id: "x", section: "history", revision: 12, search: "anna" }, "#/stores/x/history?revision=12&search=anna"],
  [{ page: "store", id: "x", section: "mail-objects" }, "#/stores/x/mail-objects"],
  [{ page: "store", id: "x", section: "mail-objects", way: "file" }, "#/stores/x/mail-objects?way=file"],
  [{ page: "store", id: "x", section: "subscriptions" }, "#/stores/x/subscriptions"],
  [{ page: "journal" }, "#/journal"],
  [{ page: "journal", store: "x", state: "half-done", run: "r 1", search: "anna" }, "#/journal?store=x&state=half-done&run=r+1&search=anna"],
  [{ page: "jobs" }, "#/jobs"],
  [{ page: "new-job" }, "#/jobs/new"],
  [{ page: "job", store: "a/b", job: "j 1", section: "edit" }, "#/jobs/of/a%2Fb/j%201/edit"],
  [{ page: "job", store: "runs", job: "new", section: "run" }, "#/jobs/of/runs/new/run"],
  [{ page: "job-runs" }, "#/jobs/runs"],
  [{ page: "job-runs", job: "j 1" }, "#/jobs/runs?job=j+1"],
  [{ page: "job-run", run: "r/1" }, "#/jobs/runs/r%2F1"],
  [{ page: "expiry" }, "#/expiry"],
  [{ page: "certificate-bench" }, "#/certificate-bench"],
  [{ page: "alias-bench" }, "#/alias-bench"],
  [{ page: "alias-bench", preset: "gmail" }, "#/alias-bench?preset=gmail"],
  [{ page: "activity" }, "#/activity"],
  [{ page: "activity", store: "x", search: "müller & söhne?" }, "#/activity?store=x&search=m%C3%BCller+%26+s%C3%B6hne%3F"],
  [{ page: "handover" }, "#/handover"],
  [{ page: "handover", way: "import" }, "#/handover?way=import"],
  [{ page: "settings" }, "#/settings"],
  [{ page: "data" }, "#/settings/data"],
  [{ page: "data", part: "team" }, "#/settings/data/team"],
  [{ page: "data", part: "move" }, "#/settings/data/move"],
];

describe("addresses", () => {
  it.each(routes)("lead there and back: %j", (route, address) => {
    expect(addressOf(route)).toBe(address);
    expect(routeOf(address)).toEqual(route);
  });

  it.each(["", "#", "#/", "#/stores/", "#code=abc"])("lead home where they name nothing: %s", (hash) => {
    expect(routeOf(hash)).toEqual({ page: "stores" });
  });

  it.each(["#/nowhere", "#/stores/x/nowhere", "#/stores/x/history/more", "#/stores/new/directory", "#/expiry/x", "#/jobs/x", "#/jobs/of/s1", "#/jobs/of/s1/j1/other", "#/jobs/of/s1/j1/run/more", "#/jobs/new/x", "#/jobs/runs/r1/x", "#/settings/other", "#/settings/data/other", "#/settings/data/move/more", "#/stores/%zz"])(
    "are called unknown, and kept, where they name what there is not: %s",
    (hash) => {
      expect(routeOf(hash)).toEqual({ page: "unknown", address: hash });
      expect(addressOf(routeOf(hash))).toBe(hash);
    },
  );

  it.each([
    ["#/stores/x/history?revision=0", { page: "store", id: "x", section: "history" }],
    ["#/stores/x/history?revision=1e3", { page: "store", id: "x", section: "history" }],
    ["#/stores/x/directory?revision=3", { page: "store", id: "x", section: "directory" }],
    ["#/stores/x/subscriptions?search=e3", { page: "store", id: "x", section: "subscriptions" }],
    ["#/alias-bench?preset=nobody", { page: "alias-bench" }],
    ["#/activity?search=&store=", { page: "activity" }],
    ["#/activity?other=1", { page: "activity" }],
    ["#/handover?way=export", { page: "handover" }],
  ])("leave out what makes no sense: %s", (hash, route) => {
    expect(routeOf(hash)).toEqual(route);
  });

  it("have a place, which what is shown there does not change", () => {
    expect(placeOf({ page: "activity", store: "x" })).toBe(placeOf({ page: "activity" }));
    expect(placeOf({ page: "store", id: "x", section: "history" })).not.toBe(placeOf({ page: "store", id: "y", section: "history" }));
  });
});
