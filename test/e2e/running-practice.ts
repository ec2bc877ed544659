/** The practice organisation of a console that runs, asked as the command line asks it but without a process for each question. */
import type { ContractRouterClient } from "@orpc/contract";
import { connectToRunningPractice } from "../../main/hosts/shared/practice-control.ts";
import type { Contract } from "../../shared/contract/index.ts";
import type { Result } from "../../shared/fault.ts";

/** The value of an answer; throws where it is a fault. */
export function take<T>(result: Result<T>): T {
  if (result.ok) return result.value;
  throw new Error(`The practice console refused: ${JSON.stringify(result.fault)}`);
}

/** Connects to the practice console of a data folder for as long as the work takes. */
export async function withPractice<T>(dataDirectory: string, work: (client: ContractRouterClient<Contract>) => Promise<T>): Promise<T> {
  const { client, close } = take(await connectToRunningPractice(dataDirectory));
  try {
    return await work(client);
  } finally {
    await close();
  }
}

/** Breaks or mends a part. */
export async function practice(dataDirectory: string, verb: string, part: string): Promise<void> {
  await withPractice(dataDirectory, async (client) => take(await client.practice.run({ verb, target: part, argument: null })));
}
