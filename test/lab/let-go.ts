/** Whether something is kept by anybody: what nobody refers to any more is gone once garbage was collected. */
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

setFlagsFromString("--expose-gc");
const collect: unknown = runInNewContext("gc");

/** Answers whether it is still there after garbage was collected. Give it nothing that the caller's own variables hold. */
export async function isKept(thing: WeakRef<object>): Promise<boolean> {
  // What was looked at in a turn of the event loop stays for that turn.
  for (let round = 0; round < 3 && thing.deref() !== undefined; round += 1) {
    await new Promise((resolve) => setTimeout(resolve));
    if (typeof collect === "function") collect();
  }
  return thing.deref() !== undefined;
}
