/** A whole team: each account has a console that was let in. */
import type { TeamSettings } from "../../main/store/team/types.ts";
import type { Store } from "../../main/store/types.ts";
import { fail } from "../../shared/fault.ts";
import { take } from "../unit/main/store/support.ts";
import { ask, found, newConsole, type LabConsole } from "./team.ts";

/** A team in a new database of the lab's server: each account that is asked for has a console in it, the first one founded it. */
export async function labTeam<A extends string>(settings: (account: A) => TeamSettings, founder: A) {
  const consoles = new Map<A, LabConsole>();
  const opened: Store[] = [];
  const first = await newConsole();
  consoles.set(founder, first);
  await found(first, settings(founder));
  const open = async (console: LabConsole): Promise<Store> => {
    const store = await console.open();
    opened.push(store);
    return store;
  };
  const admit = async (account: A): Promise<LabConsole> => {
    const console = await newConsole();
    const code = await ask(console, settings(account), `${account} on PC-2`);
    const store = await first.open();
    const { member } = (await waitForRequest(store)) ?? { member: "" };
    take((await store.team?.approve(member, code)) ?? fail({ kind: "not-found", what: "team" }));
    await store.close();
    return console;
  };
  const consoleOf = async (account: A): Promise<LabConsole> => {
    const console = consoles.get(account) ?? (await admit(account));
    consoles.set(account, console);
    return console;
  };
  return {
    /** The account's console. */
    console(account: A): Promise<LabConsole> {
      return consoleOf(account);
    },
    /** Closes one that was opened. */
    async close(store: Store): Promise<void> {
      opened.splice(opened.indexOf(store), 1);
      await store.close();
    },
    /** The store as the account's console sees it; each call opens it once more. */
    async open(account: A): Promise<Store> {
      return open(await consoleOf(account));
    },
    async remove(): Promise<void> {
      for (const store of opened) await store.close();
      for (const console of consoles.values()) await console.remove();
    },
  };
}

/** What a console asks may take a moment to be seen. */
async function waitForRequest(store: Store) {
  for (let waited = 0; waited < 30_000; waited += 50) {
    const [request] = store.team?.state().requests ?? [];
    if (request !== undefined) return request;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return null;
}
