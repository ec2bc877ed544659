/** The console of the benchmark of long lists: the built loopback host in a process of its own, on the practice organisation. */
import { fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import path from "node:path";
import type { ContractRouterClient } from "@orpc/contract";
import { z } from "zod";
import { PRACTICE_PASSWORD } from "../../main/practice/directory/accounts.ts";
import type { Contract } from "../../shared/contract/index.ts";
import { temporaryFolder } from "../e2e/host-process.ts";
import { take, withPractice } from "../e2e/running-practice.ts";
import { finish } from "../e2e/seed.ts";
import { connection } from "../lab/directory-connection.ts";
import { everyUser } from "../lab/every-user.ts";
import { markOf } from "../lab/draft-page.ts";

const root = path.resolve(import.meta.dirname, "../..");
export const SERVERS = 1002;
export const STORES = 300;

export interface LargeConsole {
  /** Opens one page. */
  readonly address: string;
  /** Of a store whose servers are all listed, saved and ticked. */
  readonly listed: string;
  /** A file of 100,000 names, `users.csv`. */
  readonly users: string;
  /** A new store whose servers were never listed. */
  addUnlisted(name: string): Promise<string>;
  remove(id: string, name: string): Promise<void>;
  /** The longest time for which the host's event loop was held since the last question, in milliseconds of its CPU time. */
  held(): Promise<number>;
  stop(): Promise<void>;
}

/** As the directory has them after `thousand`. */
const serverNames = ["exc", "exd", ...Array.from({ length: SERVERS - 2 }, (_none, index) => `ex${String(index + 1).padStart(4, "0")}`)].map((name) => `${name}.contoso.lab`);

function documentOf(name: string, servers: readonly { readonly name: string; readonly priority: number }[]) {
  const messaging = { provider: "exchange", variant: "2016", values: { domain: connection.domain, username: connection.username }, servers: [...servers] };
  return { document: { name, connection, messaging }, secrets: { "directory.password": PRACTICE_PASSWORD, "messaging.password": PRACTICE_PASSWORD }, files: {} };
}

async function fill(client: ContractRouterClient<Contract>): Promise<string> {
  take(await client.practice.run({ verb: "thousand", target: "directory", argument: null }));
  const branches = Array.from({ length: STORES - 1 }, (_none, index) => `Branch ${index + 1}`);
  for (const name of branches) take(await client.stores.create({ name, connection: { ...connection, domain: `${name.toLowerCase().replace(" ", "")}.contoso.lab` }, password: null }));
  const servers = serverNames.map((name, index) => ({ name, priority: index + 1 }));
  const { id } = take(await client.documents.create(documentOf("Contoso HQ", servers)));
  await finish(await client.editor.sync({ storeId: id }));
  const { store, draft } = take(await client.editor.open({ storeId: id }));
  take(await client.editor.save({ storeId: id, expectedRevision: store.revision, draft: markOf(draft) }));
  return id;
}

async function addressOf(child: ChildProcess): Promise<string> {
  let printed = "";
  for await (const chunk of child.stdout ?? []) {
    printed += String(chunk);
    const address = /http:\/\/127\.0\.0\.1:\d+\/\S*#code=\S+/.exec(printed)?.[0];
    if (address !== undefined) return address;
  }
  throw new Error(`The host printed no address: ${printed}`);
}

const heldSchema = z.object({ cpuMs: z.number() });

export async function startLargeConsole(): Promise<LargeConsole> {
  const data = temporaryFolder();
  const child = fork(path.join(root, "out/main/loopback.js"), ["--no-open", "--practice", "--end-with-stdin", "--data", data.path], {
    execArgv: ["--import", path.join(root, "test/lab/loop-reporter.ts")],
    stdio: ["pipe", "pipe", "inherit", "ipc"],
  });
  const users = path.join(data.path, "users.csv");
  writeFileSync(users, everyUser());
  const address = await addressOf(child);
  const listed = await withPractice(data.path, fill);
  return {
    address,
    listed,
    users,
    addUnlisted: (name) => withPractice(data.path, async (client) => take(await client.documents.create(documentOf(name, []))).id),
    remove: (id, name) => withPractice(data.path, async (client) => void take(await client.stores.remove({ id, confirmName: name }))),
    held: async () => {
      const answer = once(child, "message");
      child.send("held");
      return heldSchema.parse((await answer)[0]).cpuMs;
    },
    stop: async () => {
      const exit = once(child, "exit");
      child.kill("SIGTERM");
      await exit;
      data.remove();
    },
  };
}
