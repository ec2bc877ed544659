/** Files that this process holds open, as Linux lists them; elsewhere nobody can say, and none are listed. */
import fs from "node:fs";

const DESCRIPTORS = "/proc/self/fd";

/** Whether open files can be listed here. */
export const canListOpenFiles = fs.existsSync(DESCRIPTORS);

/** Paths below a folder, sorted; a file that is open twice is listed twice. */
export function openFilesBelow(folder: string): readonly string[] {
  if (!canListOpenFiles) return [];
  const targetOf = (descriptor: string) => {
    try {
      return fs.readlinkSync(`${DESCRIPTORS}/${descriptor}`);
    } catch {
      // The one that lists them is gone by now.
      return "";
    }
  };
  return fs.readdirSync(DESCRIPTORS).map(targetOf).filter((target) => target.startsWith(folder)).toSorted();
}
