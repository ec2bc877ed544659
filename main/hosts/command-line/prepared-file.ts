/** Files that verbs write: whole or not at all, and for their owner's eyes. */
import { randomUUID } from "node:crypto";
import { open, rm, stat } from "node:fs/promises";
import path from "node:path";
import { publish } from "../../store/files.ts";
import { NotWritten } from "./verb.ts";

export interface PreparedFile {
  /** Puts it in the place of what is there. */
  write(content: string | Uint8Array): Promise<void>;
  /** Leaves nothing behind of a file that was not written. */
  discard(): Promise<void>;
}

/** Makes sure that a file can be written before anything else is done. Throws {@link NotWritten} where it cannot, now or when it is written. */
export async function prepareFile(file: string): Promise<PreparedFile> {
  const target = path.resolve(file);
  // A file beside it can be made, and cannot be put in its place.
  if ((await stat(target).catch(() => null))?.isDirectory() === true) refuse(new Error("it is a folder"));
  const temporary = `${target}.${randomUUID()}.tmp`;
  const handle = await open(temporary, "wx", 0o600).catch(refuse);
  return {
    async write(content) {
      try {
        await handle.writeFile(content);
        await handle.close();
        publish(temporary, target);
      } catch (error) {
        refuse(error);
      }
    },
    async discard() {
      await handle.close();
      await rm(temporary, { force: true });
    },
  };
}

/**
 * Makes sure that a file can be written, and writes what `make` answers as content into it; answers the rest. What `make` throws leaves
 * nothing behind. Throws {@link NotWritten} as {@link prepareFile} does.
 */
export async function writeMade<T>(file: string, make: () => Promise<{ readonly content: string | Uint8Array; readonly made: T }>): Promise<T> {
  const prepared = await prepareFile(file);
  try {
    const { content, made } = await make();
    await prepared.write(content);
    return made;
  } finally {
    await prepared.discard();
  }
}

function refuse(error: unknown): never {
  throw new NotWritten(error instanceof Error ? error.message : String(error));
}
