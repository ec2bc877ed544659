import fs from "node:fs";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { quarantine, removeDatabase } from "../../../../main/store/files.ts";
import { temporaryFolder } from "./support.ts";

const place = temporaryFolder();
const file = path.join(place.folder, "messaging-console.db");
const companions = ["", "-wal", "-shm", "-journal"];
const lay = (text: string) => companions.forEach((suffix) => fs.writeFileSync(`${file}${suffix}`, `${text}${suffix}`));
beforeEach(() => fs.mkdirSync(place.folder, { recursive: true }));
afterEach(place.remove);

test("a damaged database goes aside with its log, which would be played into the one in its place", () => {
  lay("first");
  const name = quarantine(file, 0) ?? "";
  expect(fs.readdirSync(place.folder).toSorted()).toEqual(companions.map((suffix) => `${name}${suffix}`).toSorted());
});

test("a second one of the same moment takes nothing of the first one's place", () => {
  lay("first");
  const first = quarantine(file, 0) ?? "";
  lay("second");
  const second = quarantine(file, 0) ?? "";
  const read = (name: string) => companions.map((suffix) => fs.readFileSync(path.join(place.folder, `${name}${suffix}`), "utf8"));
  expect([read(first), read(second)]).toEqual([companions.map((suffix) => `first${suffix}`), companions.map((suffix) => `second${suffix}`)]);
  expect(quarantine(file, 0)).toBeNull();
});

test("nothing of a removed database is left for the next one of its name", () => {
  lay("first");
  removeDatabase(file);
  expect(fs.readdirSync(place.folder)).toEqual([]);
});
