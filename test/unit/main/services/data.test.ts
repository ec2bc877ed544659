/** What the service says of what the console works on. */
import { afterEach, beforeEach, expect, it } from "vitest";
import { succeed } from "../../../../shared/fault.ts";
import type { TeamAtHome } from "../../../../main/store/team/types.ts";
import { engineUnderTest, onlyOnFile } from "../../../lab/engine-under-test.ts";
import { layBed, noTeam, type Bed } from "./support.ts";

const { isTeam } = engineUnderTest();

const place = { host: "db.contoso.lab", port: 5432, database: "messaging", user: "eva", authority: null };
const atHome: TeamAtHome = {
  settings: { place, signIn: { by: "password", password: "Pa55word!" } },
  console: { id: "1", label: "eva on PC-17, loopback", seal: "seal", sign: "sign" },
  remembered: { root: "4f2a", head: { seq: 2, hash: "9b1c" } },
  newest: {},
  inUse: false,
};

let kept: TeamAtHome | null;
let bed: Bed;
beforeEach(async () => {
  kept = atHome;
  const home = {
    read: () => succeed(kept),
    change: (edit: (content: TeamAtHome | null) => TeamAtHome | null) => {
      kept = edit(kept) ?? kept;
      return Promise.resolve(succeed(null));
    },
    forget: () => {
      kept = null;
      return Promise.resolve(succeed(null));
    },
  };
  bed = await layBed({ data: { ...noTeam, entrance: { ...noTeam.entrance, home } } });
});
afterEach(() => bed.dispose());

it.skipIf(isTeam)(`says which team it knows while it works on the file, without what signs in, and no more of it once it was forgotten${onlyOnFile("it is about a console that works on its file")}`, async () => {
  const { data } = bed.services;
  expect(data.feed.get("data")).toMatchObject({ kind: "file", known: { place, signInBy: "password" } });
  expect(JSON.stringify(data.feed.values())).not.toContain("Pa55word!");
  expect(await data.forget()).toEqual(succeed(null));
  expect(data.feed.get("data")).toMatchObject({ kind: "file", known: null });
});
