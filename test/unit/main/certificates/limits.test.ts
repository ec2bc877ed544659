import { afterAll, expect, it } from "vitest";
import { readCertificate } from "../../../../main/certificates/index.ts";
import { pfxBytes } from "../../../lab/vectors.ts";
import { restThreads } from "../../../lab/rest-threads.ts";

afterAll(restThreads);

it("a file that asks for more iterations than are worth waiting for is refused with their number", async () => {
  const bytes = Buffer.from(pfxBytes("rustcrypto/example10.pfx"));
  // 600,000 stands as 02 03 09 27 C0 wherever it is used.
  for (let at = bytes.indexOf("02030927c0", 0, "hex"); at !== -1; at = bytes.indexOf("02030927c0", at, "hex")) bytes.write("02037fffff", at, "hex");
  const { inspection } = await readCertificate({ bytes, password: "1234", now: Date.parse("2026-06-01T00:00:00Z"), withKey: false });
  expect(inspection).toMatchObject({ opens: false, fault: { kind: "unreadable", what: "too-many-iterations", detail: "8388607" } });
});
