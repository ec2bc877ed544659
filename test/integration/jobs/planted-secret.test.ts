/** First passwords of a run are on the disk in no form but a sealed one, and in no event: typed ones nowhere, generated ones for whoever has the key. */
import fs from "node:fs";
import path from "node:path";
import { Decrypter } from "age-encryption";
import { parse } from "csv-parse/sync";
import { afterAll, beforeAll, expect, it } from "vitest";
import { z } from "zod";
import { makeIdentity, recipientOf } from "../../../main/handover/recipient.ts";
import type { JobSettings } from "../../../shared/model/job.ts";
import { recordingLogger } from "../../lab/loggers.ts";
import { take } from "../../unit/main/store/support.ts";
import { options } from "../mail-objects/practice-site.ts";
import { column, jobSite, PEOPLE, planJob, saveJob, type JobSite } from "./job-site.ts";

const TYPED = "Pl4nted-Zebra-Typed-8f3e";

let site: JobSite;
beforeAll(async () => {
  site = await jobSite();
});
afterAll(() => site.remove());

/** The forms in which a text could lie in a file. */
function forms(text: string): readonly Buffer[] {
  const utf8 = Buffer.from(text);
  const aligned = [0, 1, 2].map((shift) => Buffer.concat([Buffer.alloc(shift), utf8]).toString("base64").slice(4, -4));
  return [utf8, Buffer.from(text, "utf16le"), Buffer.from(`"${text}"`, "utf16le"), Buffer.from(utf8.toString("hex")), ...aligned.map((part) => Buffer.from(part))];
}

const filesBelow = (folder: string) => fs.readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name));

it("neither a typed password nor a generated one is found in the data folder, in a log or in an event", async () => {
  const logger = recordingLogger();
  const app = await site.again({ logger });
  const identity = await makeIdentity();
  const settings = (storeId: string, password: JobSettings["password"], account: string): Partial<JobSettings> => ({
    type: "mailbox",
    missing: "create",
    key: "accountName",
    source: { kind: "csv", path: site.file(`${account}.csv`, `Name,Account\nName ${account},${account}\nOther ${account},other.${account}\n`), delimiter: ",", encoding: null, header: true },
    mapping: [column("name", "Name"), column("accountName", "Account"), column("alias", "Account"), ...(storeId === site.storeId ? [{ target: "container" as const, transform: { from: { kind: "static" as const, text: PEOPLE }, steps: [] } }] : [])],
    password,
  });
  const generated: JobSettings["password"] = { kind: "generated", length: 20, classes: ["upper", "lower", "digit"], specials: "", noLookAlikes: false, recipients: [await recipientOf(identity)] };
  const work = options();
  const runs = [];
  for (const storeId of [site.storeId, site.cloudId]) {
    const word = storeId === site.storeId ? "here" : "cloud";
    for (const password of [{ kind: "typed" } as const, generated]) {
      const job = await saveJob(app, storeId, settings(storeId, password, `${password.kind}.${word}`));
      const { plan } = await planJob(app, storeId, job);
      runs.push(take(await app.services.jobRuns.apply(plan, password.kind === "typed" ? TYPED : null, "person", work)));
    }
  }
  expect(runs.map(({ state, passwordFiles }) => [state, passwordFiles.length])).toEqual([["done", 0], ["done", 1], ["done", 0], ["done", 1]]);
  const passwords: string[] = [];
  for (const passwordFile of runs.flatMap(({ passwordFiles }) => passwordFiles)) {
    const decrypter = new Decrypter();
    decrypter.addIdentity(identity);
    const rows = z.array(z.tuple([z.string(), z.string(), z.string(), z.string()])).parse(parse(Buffer.from(await decrypter.decrypt(fs.readFileSync(passwordFile))), { bom: true, from: 2 }));
    passwords.push(...rows.map(([, , , password]) => password));
  }
  expect(passwords.map(({ length }) => length)).toEqual([20, 20, 20, 20]);

  const folder = site.ports.dataDirectory;
  // While the database is open: its write-ahead log is a file of its own then.
  const files = filesBelow(folder).map((file) => ({ file: path.relative(folder, file), bytes: fs.readFileSync(file) }));
  const holding = (needles: readonly Buffer[]) => files.filter(({ bytes }) => needles.some((needle) => bytes.includes(needle))).map(({ file }) => file);
  expect(holding([Buffer.from("typed.here")]).length).toBeGreaterThan(0);
  for (const secret of [TYPED, ...passwords]) {
    expect(holding(forms(secret))).toEqual([]);
    expect(JSON.stringify(work.events)).not.toContain(secret);
    expect(logger.lines.join("\n")).not.toContain(secret);
  }
});
