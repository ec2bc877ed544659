/** Runs for tests of the journal. */
import type { Journal, NewRun } from "../../main/store/types.ts";
import type { JournalQuestion } from "../../shared/contract/mail-objects.ts";
import type { MailRequest } from "../../shared/model/mail-object.ts";
import { take } from "../unit/main/store/support.ts";

const AT = 1_700_000_000_000;

export function request(name: string, more: Partial<MailRequest> = {}): MailRequest {
  const alias = name.toLowerCase();
  return { action: "create", type: "distribution-group", name, container: "OU=Groups,DC=contoso,DC=lab", identity: null, alias, address: null, externalAddress: null, accountName: name, ...more };
}

export function runOf(requests: readonly MailRequest[], more: Partial<NewRun> = {}): NewRun {
  return { storeId: "store-1", storeName: "Contoso", at: AT, by: "ada", provider: { provider: "exchange", variant: "2013" }, requests, ...more };
}

export function question(more: Partial<JournalQuestion> = {}): JournalQuestion {
  return { storeId: null, run: null, states: [], search: "", before: null, most: 50, ...more };
}

/** Every kind of write once or more, for two groups of which the second is left half done; yields the run after each that was acknowledged. */
export async function* writeRun(journal: Journal): AsyncGenerator<string> {
  const { run, entries } = take(await journal.begin(runOf([request("Sales"), request("Support")])));
  yield run;
  const refused = { kind: "unreachable", rung: "tcp", reason: "refused", host: "exb.contoso.lab" } as const;
  for (const [index, entry] of entries.entries()) {
    const object = { identity: `CN=${index},DC=contoso,DC=lab`, guid: null, controller: "dc1.contoso.lab" };
    take(await journal.begun(entry, { number: 1, kind: "create", server: "dc1.contoso.lab", at: AT + 1 }));
    yield run;
    take(await journal.ended(entry, { number: 1, ms: 5, outcome: { state: "succeeded", already: false, address: null } }, { state: "running", object }));
    yield run;
    take(await journal.begun(entry, { number: 2, kind: "enable", server: "exb.contoso.lab", at: AT + 2 }));
    yield run;
    const [outcome, change] = index === 0 ? ([{ state: "succeeded", already: false, address: "sales@contoso.lab" }, { state: "done", address: "sales@contoso.lab" }] as const) : ([{ state: "not-reached", fault: refused }, { state: "running" }] as const);
    take(await journal.ended(entry, { number: 2, ms: 7, outcome }, change));
    yield run;
  }
  take(await journal.change(entries[1] ?? "", { state: "half-done", fault: refused }));
  yield run;
  take(await journal.release(run));
  yield run;
}
