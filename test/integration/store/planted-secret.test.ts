/** A secret given to the vault is on the disk in no form: database, write-ahead log, backups, quarantine, log lines. */
import fs from "node:fs";
import path from "node:path";
import { afterEach, expect, test } from "vitest";
import { makeIdentity } from "../../../main/handover/recipient.ts";
import { platformKey } from "../../lab/key-wrapping.ts";
import { recordingLogger } from "../../lab/loggers.ts";
import { documentNamed, draftWith, messagingWith, noteBy, open, take, temporaryFolder } from "../../unit/main/store/support.ts";

const place = temporaryFolder();
const { folder } = place;
afterEach(place.remove);

const SECRET = "Pl4nted-Sécret-Zebra-8f3e";

/** The forms in which a text could lie in a file. */
function forms(text: string): readonly Buffer[] {
  const utf8 = Buffer.from(text);
  const aligned = [0, 1, 2].map((shift) => Buffer.concat([Buffer.alloc(shift), utf8]).toString("base64").slice(4, -4));
  return [utf8, Buffer.from(text, "utf16le"), Buffer.from(text, "latin1"), Buffer.from(utf8.toString("hex")), ...aligned.map((part) => Buffer.from(part))];
}

function filesBelow(directory: string): readonly string[] {
  return fs
    .readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name));
}

const holding = (needles: readonly Buffer[]) => filesBelow(folder).filter((file) => needles.some((needle) => fs.readFileSync(file).includes(needle)));

test("a planted secret is found nowhere, while what is no secret is found", async () => {
  const logger = recordingLogger();
  const store = await open({ folder, logger });
  const reference = take(await store.vault.seal("messaging/exchange/password", Buffer.from(SECRET)));
  const certificate = take(await store.vault.seal("messaging/office365/certificate", Buffer.concat([Buffer.alloc(9000, 1), Buffer.from(SECRET)])));
  const messaging = {
    ...messagingWith(3),
    secrets: { password: reference },
    certificates: { certificate: { secret: certificate, fileName: "tenant.pfx", summary: null, fault: null, identity: null } },
  };
  const { id } = take(await store.identityStores.create({ ...documentNamed("Visible name"), directoryPassword: reference }, noteBy("ada")));
  take(await store.drafts.put(id, draftWith(messaging)));
  take(await store.identityStores.save(id, documentNamed("Visible name", messaging), 1, noteBy("ada"), "dropped"));
  take(store.vault.open("messaging/exchange/password", reference));
  store.vault.open("wrong purpose", reference);
  const own = await makeIdentity();
  expect(await store.home.ownKey.keep(own)).toEqual({ ok: true, value: own });

  // A copy of the running database's files, so that reading them does not free this process's locks.
  const names = fs.readdirSync(folder).filter((name) => name.startsWith("messaging-console.db"));
  expect(names).toContain("messaging-console.db-wal");
  fs.cpSync(folder, `${folder} running`, { recursive: true });
  await store.close();
  fs.renameSync(`${folder} running`, path.join(folder, "running"));

  expect(holding([Buffer.from("Visible name")]).length).toBeGreaterThan(1);
  expect(holding(forms(SECRET))).toEqual([]);
  expect(holding([...forms(own), ...forms(own.toLowerCase()), ...forms("AGE-SECRET-KEY-")])).toEqual([]);
  const key = Buffer.from(platformKey);
  expect(holding([key])).toEqual([]);
  expect(logger.lines.join("\n")).not.toContain(SECRET);
  expect(logger.lines.join("\n")).not.toContain(own);
  expect(filesBelow(path.join(folder, "backups")).length).toBeGreaterThan(0);
});

test("what was removed is overwritten, not merely unlinked", async () => {
  const holds = () => fs.readFileSync(path.join(folder, "messaging-console.db")).includes("Ephemeral-Heron-55");
  const store = await open({ folder });
  const { id } = take(await store.identityStores.create(documentNamed("Contoso", messagingWith(1, { note: "Ephemeral-Heron-55" })), noteBy("ada")));
  await store.close();
  expect(holds()).toBe(true);
  const again = await open({ folder });
  take(await again.identityStores.remove(id));
  await again.close();
  expect(holds()).toBe(false);
});
