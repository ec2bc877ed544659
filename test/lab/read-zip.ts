/** Reads a zip file with Python's zipfile, which is not what wrote it. */
import { execFileSync, spawnSync } from "node:child_process";
import { z } from "zod";

function findPython(): string | null {
  const { status, stdout, stderr } = spawnSync("python3", ["--version"], { encoding: "utf8" });
  // A build server that lacks it is a failure, not a skip.
  if (status !== 0 && (process.env["CI"] ?? "") !== "") throw new Error("Python 3 is not on this build server");
  return status === 0 ? `${stdout}${stderr}`.trim() : null;
}

/** The Python that reads zip files for tests; null where there is none. */
export const pythonHere = findPython();

/** Words for the title of tests that need it. */
export const pythonWords = pythonHere ?? "python3 is not on this machine";

const READ = "import io,json,sys,zipfile; z=zipfile.ZipFile(io.BytesIO(sys.stdin.buffer.read())); assert z.testzip() is None; print(json.dumps({i.filename: z.read(i).decode('utf-8') for i in z.infolist()}))";

/** Every file of it by name, in the order of its directory. Throws where it is damaged. */
export function readZip(bytes: Uint8Array): Readonly<Record<string, string>> {
  return z.record(z.string(), z.string()).parse(JSON.parse(execFileSync("python3", ["-c", READ], { input: bytes, encoding: "utf8", maxBuffer: 64 * 1024 * 1024 })));
}
