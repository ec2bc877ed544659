/** Reads a zip file with Python's zipfile, which is not what wrote it. */
import { execFileSync } from "node:child_process";
import { z } from "zod";

const READ = "import io,json,sys,zipfile; z=zipfile.ZipFile(io.BytesIO(sys.stdin.buffer.read())); assert z.testzip() is None; print(json.dumps({i.filename: z.read(i).decode('utf-8') for i in z.infolist()}))";

/** Every file of it by name, in the order of its directory. Throws where it is damaged. */
export function readZip(bytes: Uint8Array): Readonly<Record<string, string>> {
  return z.record(z.string(), z.string()).parse(JSON.parse(execFileSync("python3", ["-c", READ], { input: bytes, encoding: "utf8", maxBuffer: 64 * 1024 * 1024 })));
}
