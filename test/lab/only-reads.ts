/** The rest of a directory's objects for tests whose subject looks at one object and does nothing else. */
import type { DirectoryObjects } from "../../main/directory/types.ts";

const unexpected = () => Promise.reject(new Error("nothing is looked for or written here"));

/** `read` is the test's; everything is asked of one controller. */
export function onlyReads(controller: string, read: DirectoryObjects["read"]): DirectoryObjects {
  return { controller, read, containers: unexpected, find: unexpected, called: unexpected, conflicts: unexpected, nameOf: () => null, create: unexpected, locate: unexpected, modify: unexpected, remove: unexpected, close: () => Promise.resolve() };
}
