import { expect, it } from "vitest";
import { directoryMeeting } from "../../../../../renderer/features/identity-stores/directory-meeting.ts";
import { formOf } from "../../../../../renderer/features/identity-stores/form-model.ts";
import type { ActiveDirectoryConnection, StoreDetail } from "../../../../../shared/model/identity-store.ts";

const connection: ActiveDirectoryConnection = { kind: "active-directory", domain: "contoso.lab", domainControllers: [], dnsServer: null, username: "svc", security: "ldaps", trust: { mode: "system" } };
const detail = (change: Partial<ActiveDirectoryConnection> = {}, at = 1): StoreDetail => ({ id: "s", name: "HQ", connection: { ...connection, ...change }, directoryPassword: { state: "set", at }, revision: at });
const typed = formOf("HQ", connection);

it("keeps what only one of the two changed, whoever it was", () => {
  const { differences, merged } = directoryMeeting(detail(), detail({ dnsServer: "10.0.0.1" }, 1), { ...typed, username: "typed" });
  expect(differences).toEqual([]);
  expect(merged({})).toMatchObject({ username: "typed", dnsServer: "10.0.0.1", domain: "contoso.lab" });
});

it("asks about what both changed, and takes the side that is picked", () => {
  const { differences, merged } = directoryMeeting(detail(), detail({ username: "theirs" }, 1), { ...typed, username: "typed" });
  expect(differences).toMatchObject([{ key: "connection.username", before: "theirs", after: "typed" }]);
  expect(merged({ "connection.username": "theirs" }).username).toBe("theirs");
  expect(merged({ "connection.username": "mine" }).username).toBe("typed");
});

it("says of a password that it changed, and never what it is", () => {
  const { differences, merged } = directoryMeeting(detail(), detail({}, 2), { ...typed, password: "Pa55word!" });
  expect(differences).toMatchObject([{ key: "secrets.directory-password", before: null, after: "changed", secret: true }]);
  expect(JSON.stringify(differences)).not.toContain("Pa55word!");
  expect(merged({ "secrets.directory-password": "theirs" }).password).toBe("");
  expect(merged({ "secrets.directory-password": "mine" }).password).toBe("Pa55word!");
});
