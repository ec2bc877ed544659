/** The rest of a directory session for tests whose subject searches and does nothing else. */
import type { DirectorySession } from "../../main/directory/types.ts";

const unexpected = () => Promise.reject(new Error("nothing is read or written one by one here"));

export const onlySearches: Pick<DirectorySession, "read" | "add" | "modify" | "remove"> = { read: unexpected, add: unexpected, modify: unexpected, remove: unexpected };
