/** What the directory was searched for, and what it answered. Kept while the console is open. */
import { createStore } from "zustand/vanilla";
import type { FoundObject } from "../../../shared/model/mail-object.ts";
import { fail, succeed, type Result } from "../../../shared/result.ts";
import { client } from "../../host/client.ts";
import type { Route } from "../../stores/routes.ts";
import { listWork } from "../../stores/running-work.ts";
import { runWork } from "../../stores/work.ts";

export interface Finding {
  readonly text: string;
  readonly objects: readonly FoundObject[];
  readonly more: boolean;
}

export const findings = createStore<{ readonly byStore: ReadonlyMap<string, Finding> }>(() => ({ byStore: new Map() }));

const running = new Map<string, AbortController>();

/** Asks the directory of a store; a search that still runs there is given up. */
export async function findObjects(storeId: string, text: string, route: Route): Promise<Result<Finding>> {
  running.get(storeId)?.abort();
  const mine = new AbortController();
  running.set(storeId, mine);
  const listed = listWork({ kind: "mail-find", subject: text, route }, () => mine.abort());
  const answer = await runWork((signal) => client().mailObjects.find({ storeId, text }, { signal }), listed.progress, mine.signal);
  listed.end(answer.ok ? null : answer.fault);
  if (running.get(storeId) !== mine) return fail({ kind: "cancelled" });
  running.delete(storeId);
  if (!answer.ok) return answer;
  const finding: Finding = { text, ...answer.value };
  findings.setState(({ byStore }) => ({ byStore: new Map(byStore).set(storeId, finding) }));
  return succeed(finding);
}
