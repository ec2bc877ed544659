// @vitest-environment jsdom
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { directoryTests, testDirectory, testOf } from "../../../../../renderer/features/identity-stores/directory-test.ts";
import { provideClient } from "../../../../../renderer/host/client.ts";
import { runningWork } from "../../../../../renderer/stores/running-work.ts";
import { progress, rungProgress } from "../../../../../shared/contract/progress.ts";
import { fail, succeed } from "../../../../../shared/result.ts";
import { eventually } from "../../../../lab/eventually.ts";
import { standInClient } from "../../stand-in-client.ts";

const connection = { kind: "entra-id", cloud: "worldwide", tenant: "contoso.com" } as const;
const entry = () => runningWork.getState().entries[0];
const test = () => testOf(directoryTests.getState(), "s");
let end = () => {};
beforeEach(() => {
  async function* events() {
    yield progress("trying-controller", { detail: "dc1" });
    yield rungProgress({ rung: "dns", ms: 1, outcome: { state: "passed", answer: "dc1" } });
    await new Promise<void>((resolve) => {
      end = resolve;
    });
    yield { type: "done", result: test()?.typedPassword === true ? fail({ kind: "sign-in", reason: "wrong-credentials" }) : succeed(null) };
  }
  provideClient(standInClient({ "stores.test": () => events() }));
});
afterEach(() => runningWork.setState({ entries: [] }));

describe("a directory's test", () => {
  it("needs no page: it is listed with the way back, and what came of it is kept", async () => {
    const tested = testDirectory("s", connection, null);
    await eventually(() => expect(test()?.rungs).toHaveLength(1));
    expect(entry()).toMatchObject({ kind: "directory-test", subject: "contoso.com", route: { page: "store", id: "s", section: "directory" }, ended: null });
    expect(test()).toMatchObject({ trying: "dc1", result: null, typedPassword: false });
    end();
    expect(await tested).toEqual(succeed(null));
    expect(test()).toMatchObject({ connection, result: { ok: true } });
    expect(entry()?.ended?.fault).toBeNull();
  });

  it("keeps that a password was typed, and not the password", async () => {
    const tested = testDirectory("s", connection, "hunter2");
    await eventually(() => expect(test()?.rungs).toHaveLength(1));
    end();
    expect(await tested).toMatchObject({ ok: false });
    expect(JSON.stringify([...directoryTests.getState(), runningWork.getState()])).not.toContain("hunter2");
    expect(entry()?.ended?.fault).toMatchObject({ kind: "sign-in" });
  });
});
