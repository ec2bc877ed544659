/** Tests of directories, apart from their page: one that is left goes on, and who comes back finds what came of it. */
import { createStore } from "zustand/vanilla";
import type { StoreConnection } from "../../../shared/model/identity-store.ts";
import type { RungResult } from "../../../shared/model/mail-server.ts";
import type { Result } from "../../../shared/result.ts";
import { withRung } from "../../../shared/rules/ladder.ts";
import { client } from "../../host/client.ts";
import { listWork } from "../../stores/running-work.ts";
import { runWork } from "../../stores/work.ts";

export interface DirectoryTest {
  /** What is tested, for who comes back to a form that says something else. */
  readonly connection: StoreConnection;
  /** Whether with a password that was typed: the form that had it is gone when the page was left. */
  readonly typedPassword: boolean;
  readonly rungs: readonly RungResult[];
  /** The controller that is being tried. */
  readonly trying: string | null;
  /** Null while it runs. */
  readonly result: Result<null> | null;
  readonly cancel: () => void;
}

/** The last test of each store, by its id; of a new one under the empty text. */
export const directoryTests = createStore<ReadonlyMap<string, DirectoryTest>>(() => new Map());

function keyOf(storeId: string | null): string {
  return storeId ?? "";
}

export function testOf(tests: ReadonlyMap<string, DirectoryTest>, storeId: string | null): DirectoryTest | null {
  return tests.get(keyOf(storeId)) ?? null;
}

/** In a scope of its own: that of the test is kept by the way to cancel it, and must not keep a password. */
function question(id: string | null, connection: StoreConnection, password: string | null) {
  return (signal: AbortSignal) => client().stores.test({ id, connection, password }, { signal });
}

/** Tests what a form says. `storeId` lends the stored password when `password` is null; null for a new store. */
export async function testDirectory(storeId: string | null, connection: StoreConnection, password: string | null): Promise<Result<null>> {
  const controller = new AbortController();
  const route = storeId === null ? ({ page: "new-store" } as const) : ({ page: "store", id: storeId, section: "directory" } as const);
  const subject = connection.kind === "entra-id" ? connection.tenant : connection.domain;
  const listed = listWork({ kind: "directory-test", subject, route }, () => controller.abort());
  let test: DirectoryTest = { connection, typedPassword: password !== null, rungs: [], trying: null, result: null, cancel: () => controller.abort() };
  const put = (change: Partial<DirectoryTest>) => {
    test = { ...test, ...change };
    directoryTests.setState(new Map(directoryTests.getState()).set(keyOf(storeId), test), true);
  };
  put({});
  const result = await runWork(
    question(storeId, connection, password),
    (progress) => {
      listed.progress(progress);
      const { step, detail, rung } = progress;
      if (step === "trying-controller") put({ trying: detail });
      if (rung !== null) put({ rungs: withRung(test.rungs, rung) });
    },
    controller.signal,
  );
  put({ result });
  listed.end(result.ok ? null : result.fault);
  return result;
}
