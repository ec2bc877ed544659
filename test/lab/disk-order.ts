/** In which order things reach the disk, for tests of what must be there before something else is. */
import fs from "node:fs";
import path from "node:path";
import { vi } from "vitest";

/** From now on: `sync NAME` and `rename to NAME`, in their order, by the last part of each path. Ends with `vi.restoreAllMocks`. */
export function watchDiskOrder(): readonly string[] {
  const done: string[] = [];
  const names = new Map<number, string>();
  const { openSync, fsyncSync, renameSync } = fs;
  vi.spyOn(fs, "openSync").mockImplementation((...given) => {
    const descriptor = openSync(...given);
    names.set(descriptor, path.basename(String(given[0])));
    return descriptor;
  });
  vi.spyOn(fs, "fsyncSync").mockImplementation((descriptor) => {
    done.push(`sync ${names.get(descriptor) ?? ""}`);
    fsyncSync(descriptor);
  });
  vi.spyOn(fs, "renameSync").mockImplementation((from, to) => {
    done.push(`rename to ${path.basename(String(to))}`);
    renameSync(from, to);
  });
  return done;
}
