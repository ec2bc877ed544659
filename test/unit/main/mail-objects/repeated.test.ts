/** What two requests of one run ask for: found once, at the later of them. */
import * as fc from "fast-check";
import { expect, it } from "vitest";
import { repeated } from "../../../../main/mail-objects/repeated.ts";
import type { MailRequest } from "../../../../shared/model/mail-object.ts";

const request = (changes: Partial<MailRequest>): MailRequest => ({ action: "create", type: "mailbox", name: "A", container: "OU=X", identity: null, alias: "", address: null, externalAddress: null, accountName: null, ...changes });
const addressOf = ({ alias }: MailRequest) => (alias === "" ? null : `${alias.toLowerCase()}@contoso.lab`);
const found = (...requests: (MailRequest | null)[]) => Object.fromEntries(repeated(requests, { addressOf, oneNameEach: true }));

it("names each property once, without case, and the address not beside the alias that makes it", () => {
  expect(found(request({ name: "One", alias: "one" }), null, request({ name: "Two", alias: "ONE" }))).toEqual({ 2: [{ path: "alias", first: 0 }] });
  expect(found(request({ name: "One", accountName: "x" }), request({ name: "one", accountName: "X" }))).toEqual({ 1: [{ path: "name", first: 0 }, { path: "accountName", first: 0 }] });
  expect(found(request({}), request({ container: "OU=Y" }))).toEqual({});
});

it("takes any number of one name where the directory does", () => {
  const requests = [request({ alias: "one" }), request({ alias: "two" }), request({ alias: "two" })];
  expect([...repeated(requests, { addressOf, oneNameEach: false })]).toEqual([[2, [{ path: "alias", first: 1 }]]]);
});

it("leaves the names of objects that are there to themselves", () => {
  const enabled = (identity: string) => request({ action: "enable", identity, accountName: "same" });
  expect(found(enabled("CN=A,OU=1"), enabled("CN=A,OU=2"))).toEqual({});
  expect(found(request({ name: "New", alias: "a" }), { ...enabled("CN=A"), alias: "A" })).toEqual({ 1: [{ path: "alias", first: 0 }] });
});

it("finds something at a place where an earlier one has the alias, and nowhere else", () => {
  const aliases = fc.array(fc.constantFrom("a", "A", "b", "c", ""), { maxLength: 12 });
  fc.assert(
    fc.property(aliases, (given) => {
      const places = given.flatMap((alias, index) => (alias !== "" && given.slice(0, index).some((earlier) => earlier.toLowerCase() === alias.toLowerCase()) ? [index] : []));
      const requests = given.map((alias, index) => request({ name: `N${index}`, alias }));
      expect([...repeated(requests, { addressOf, oneNameEach: true }).keys()]).toEqual(places);
    }),
  );
});
