/** What support is given: every file by its content, taken out of the zip file by a reader that is not ours. */
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { LogFile } from "../../../../main/ports.ts";
import { readmeText } from "../../../../renderer/text/diagnostics.ts";
import { readZip } from "../../../lab/read-zip.ts";
import { take } from "../store/support.ts";
import { given, toy } from "./document-support.ts";
import { connection, layBed, quietly, type Bed } from "./support.ts";

const SERVERS = [{ name: "exa.contoso.lab", priority: 1 }, { name: "exb.contoso.lab", priority: 2 }];

describe("a diagnostics file", () => {
  let bed: Bed;
  let log: LogFile[];
  beforeEach(async () => {
    log = [];
    bed = await layBed({ readLog: () => Promise.resolve(log) });
    take(await bed.services.documents.create({ document: { name: "Contoso HQ", connection, messaging: { ...toy, servers: SERVERS } }, secrets: given, files: {} }));
  });
  afterEach(() => bed.dispose());

  const gather = (names = false) => bed.services.diagnostics.gather(names, readmeText({ names, version: "1.2.3", at: 0 }), quietly());
  const filesOf = async (names = false): Promise<Readonly<Record<string, string>>> => {
    const { base64, files } = take(await gather(names));
    const read = readZip(Buffer.from(base64, "base64"));
    expect(Object.entries(read).map(([name, text]) => ({ name, size: Buffer.byteLength(text) }))).toEqual(files);
    return read;
  };
  const line = (message: string, fields: object = {}) => ({ at: "2026-11-27T09:00:00.000Z", level: "info", message, pid: 1, ...fields });

  it("holds what is listed, without a name of the customer", async () => {
    log = [{ name: "loopback", cut: false, lines: [line("a session with a mail server was opened", { server: "EXB.contoso.lab" }), "exa.contoso.lab said CONTOSO HQ"] }];
    const files = await filesOf();
    expect(Object.keys(files)).toEqual(["README.txt", "about.json", "settings.json", "stores.json", "status-history.json", "activity.json", "log/loopback.txt"]);
    const all = Object.values(files).join("\n");
    expect(all).not.toMatch(/contoso/i);
    expect(all).not.toMatch(/\bex[ab]\b/);
    const [first = "", second] = (files["log/loopback.txt"] ?? "").split("\n");
    expect(JSON.parse(first)).toMatchObject({ level: "info", message: "a session with a mail server was opened", server: "server-2.domain-1.example" });
    expect(second).toBe("server-1.domain-1.example said store-1");
    expect(JSON.parse(files["stores.json"] ?? "")).toMatchObject([{ name: "store-1", connection: { domain: "domain-1.example" }, directoryPassword: "set", messaging: { provider: "toy", secrets: { password: "set" }, servers: [{ name: "server-1.domain-1.example" }, { name: "server-2.domain-1.example" }] } }]);
  });

  it("holds names where they are wanted, and no secret all the same", async () => {
    const files = await filesOf(true);
    expect(JSON.parse(files["stores.json"] ?? "")).toMatchObject([{ name: "Contoso HQ", messaging: { servers: [{ name: "exa.contoso.lab" }, { name: "exb.contoso.lab" }] } }]);
    const all = Object.values(files).join("\n");
    for (const secret of Object.values(given)) expect(all).not.toContain(secret);
  });
});
