import { afterEach, expect, it } from "vitest";
import { announceConnection } from "../../../../renderer/host/connection.ts";
import { session, startSession } from "../../../../renderer/stores/session.ts";
import type { Hello } from "../../../../shared/contract/app.ts";

const hello: Hello = {
  contract: "", version: "1.2.3", host: "electron", platform: "linux", practice: false, dataDirectory: "/data",
  keyProtection: "key-file", filePicker: "native", user: "anna", storeNotice: null,
};
afterEach(() => announceConnection({ state: "open" }));

it("counts how often main was heard again, by which pages know to read anew", () => {
  const stop = startSession(hello);
  const returns = () => session.getState().returns;
  const before = returns();
  announceConnection({ state: "silent", heardAt: 0 });
  announceConnection({ state: "lost", attempts: 1, heardAt: 0 });
  expect(returns()).toBe(before);
  announceConnection({ state: "open" });
  expect(returns()).toBe(before + 1);
  announceConnection({ state: "open" });
  expect(returns()).toBe(before + 1);
  stop();
  announceConnection({ state: "silent", heardAt: 0 });
  expect(session.getState().connection).toEqual({ state: "open" });
});
