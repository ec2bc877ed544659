/** What was written into the practice directory, through everything that the organisation goes through. */
import { afterEach, beforeEach, expect, test } from "vitest";
import { systemClock } from "../../../main/hosts/shared/clock.ts";
import { startDirectory, type PracticeDirectory } from "../../../main/practice/directory/directory.ts";
import { createOrganisation, exchangeVersions, type Organisation } from "../../../main/practice/organisation.ts";
import { silentLogger } from "../../lab/loggers.ts";
import { temporaryPki } from "../../unit/main/network/support.ts";
import { gather } from "../../../main/directory/gather.ts";
import { openObjects } from "../../../main/directory/index.ts";
import { succeed } from "../../../shared/fault.ts";
import type { DirectoryObjects } from "../../../main/directory/types.ts";
import { PRACTICE_PASSWORD } from "../../../main/practice/directory/accounts.ts";
import { bare, groupNamed, taken } from "../directory/writes-support.ts";
import { openPractice } from "./support.ts";
import { connectionTo, open } from "../directory/subject.ts";

let organisation: Organisation;
let directory: PracticeDirectory;
let objects: DirectoryObjects;
let removePki: () => Promise<void>;
beforeEach(async () => {
  organisation = createOrganisation({ domain: "contoso.lab", netbios: "CONTOSO", exchange: "Contoso" });
  const { pki, remove } = await temporaryPki();
  removePki = remove;
  directory = await startDirectory({ organisation, pki, clock: systemClock, logger: silentLogger });
  const resolver = { authorities: [pki.authorityPem], service: () => Promise.resolve(succeed([])), connectTo: () => Promise.resolve(succeed([{ address: "127.0.0.1", port: directory.ports.ldaps }])) };
  const site = { domain: "contoso.lab", resolver, dnsServer: null };
  objects = taken(
    await openObjects(
      connectionTo(site, pki.authorityPem, { domainControllers: ["dc1"] }),
      { username: "svc-mail", password: PRACTICE_PASSWORD, signal: new AbortController().signal },
      { resolver, clock: systemClock, logger: silentLogger },
    ),
  );
});
afterEach(async () => {
  await objects.close();
  await directory.dispose();
  await removePki();
});

const group = groupNamed("Kept");

test("outlives servers that come and go, and goes when it is forgotten", async () => {
  const made = taken(await objects.create(group, bare));
  const [version] = exchangeVersions;
  if (version === undefined) throw new Error("there are versions of Exchange");
  organisation.add("exz", version);
  expect(taken(await objects.locate(group))).toEqual(made);
  await directory.set("no-exchange");
  await directory.set("up");
  expect(taken(await objects.locate(group))).toEqual(made);
  directory.forget();
  expect(taken(await objects.locate(group))).toBeNull();
  expect(directory.entries.find(made.identity)).toBeNull();
});

test("what was deleted stays so", async () => {
  const made = taken(await objects.create(group, bare));
  taken(await objects.remove(made));
  organisation.remove("exb");
  expect(taken(await objects.locate(group))).toBeNull();
  const again = taken(await objects.create(group, bare));
  organisation.remove("exa");
  expect(taken(await objects.locate(group))).toEqual(again);
});

test("mail servers change entries with rights of their own, and everybody sees it", async () => {
  const made = taken(await objects.create(group, bare));
  directory.entries.write(made.identity, { mailNickname: ["kept"], msExchRecipientDisplayType: [1], proxyAddresses: ["SMTP:kept@contoso.lab"], displayName: [] });
  const read = taken(await objects.read(made, ["mailNickname", "msExchRecipientDisplayType", "proxyAddresses", "displayName"]));
  expect(read?.attributes).toMatchObject({ mailnickname: ["kept"], msexchrecipientdisplaytype: ["1"], proxyaddresses: ["SMTP:kept@contoso.lab"] });
  expect(read?.attributes["displayname"]).toBeUndefined();
  expect(taken(await objects.find("kept")).objects).toMatchObject([{ identity: made.identity, alias: "kept", address: "kept@contoso.lab", mailEnabled: true }]);
  organisation.remove("exb");
  expect(taken(await objects.find("kept")).objects).toHaveLength(1);
  expect(directory.entries.having("mailNickname", "KEPT")).toMatchObject([{ dn: made.identity }]);
});

test("goes with the verb reset", async () => {
  const practice = await openPractice();
  const site = { domain: "contoso.lab", resolver: practice.resolver, dnsServer: null };
  const { opened } = await open(site, connectionTo(site, practice.resolver.authorities[0] ?? ""), { username: "svc-mail@contoso.lab", password: PRACTICE_PASSWORD });
  const session = taken(opened);
  taken(await session.add("CN=Gone,OU=Groups,DC=contoso,DC=lab", { objectClass: ["group"], sAMAccountName: ["gone"] }));
  const find = async () => taken(await gather(session.search({ base: "OU=Groups,DC=contoso,DC=lab", filter: "(cn=Gone)", attributes: ["cn"] }))).entries.length;
  expect(await find()).toBe(1);
  await practice.does("reset");
  expect(await find()).toBe(0);
  await session.close();
  await practice.stop();
});
