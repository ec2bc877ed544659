import { statSync } from "node:fs";
import path from "node:path";
import { afterEach, expect, it } from "vitest";
import { makeFolder } from "../../../../../main/hosts/shared/make-folder.ts";
import { take, temporaryFolder } from "../../store/support.ts";

const place = temporaryFolder();
afterEach(place.remove);

const isWindows = process.platform === "win32";
it.skipIf(isWindows)(`a folder that is made is this account's own, and those it lies in${isWindows ? " (Windows has rights of its own)" : ""}`, () => {
  const before = process.umask(0);
  take(makeFolder(path.join(place.folder, "logs")));
  process.umask(before);
  expect([place.folder, path.join(place.folder, "logs")].map((folder) => statSync(folder).mode & 0o777)).toEqual([0o700, 0o700]);
});
