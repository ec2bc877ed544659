import { InsufficientAccessError, InvalidCredentialsError, NoSuchObjectError, OperationsError, StrongAuthRequiredError, BusyError, UnwillingToPerformError } from "ldapts";
import { describe, expect, test } from "vitest";
import { ldapFault, signInFault } from "../../../../main/directory/faults.ts";

const refusal = (data: string) => `80090308: LdapErr: DSID-0C090447, comment: AcceptSecurityContext error, data ${data}, v4563`;

describe("a refused sign-in", () => {
  test.each([
    ["52e", "wrong-credentials"],
    ["525", "wrong-credentials"],
    ["530", "not-at-this-time"],
    ["531", "not-from-this-workstation"],
    ["532", "password-expired"],
    ["533", "account-disabled"],
    ["701", "account-expired"],
    ["773", "password-must-change"],
    ["775", "account-locked"],
    ["57", "refused"],
  ] as const)("data %s is %s", (data, reason) => {
    expect(signInFault(refusal(data))).toEqual({ kind: "sign-in", reason, detail: data });
    expect(ldapFault(new InvalidCredentialsError(refusal(data)), "sign-in", "dc1")).toEqual({ kind: "sign-in", reason, detail: data });
  });

  test("without a sub-code it is a wrong password, as other directories say it", () => {
    expect(signInFault("invalid credentials")).toEqual({ kind: "sign-in", reason: "wrong-credentials" });
  });
});

describe("a failed operation", () => {
  test.each([
    ["a simple bind on a hardened controller", new StrongAuthRequiredError(), "sign-in", { kind: "sign-in", reason: "encryption-required" }],
    ["a search by nobody", new OperationsError(), "directory-search", { kind: "sign-in", reason: "refused" }],
    ["missing rights", new InsufficientAccessError(), "directory-search", { kind: "forbidden", needs: ["read-directory"] }],
    ["a missing object", new NoSuchObjectError(), "directory-search", { kind: "not-found", what: "directory-object", detail: "CN=x" }],
    ["a busy controller, so that the next is tried", new BusyError(), "sign-in", { kind: "unreachable", rung: "sign-in", host: "dc1" }],
    ["anything else", new UnwillingToPerformError(), "directory-search", { kind: "unsupported", why: "directory-answer", detail: "LDAP 53" }],
    ["a lost connection", Object.assign(new Error("read"), { code: "ECONNRESET" }), "directory-search", { kind: "unreachable", reason: "connection-reset" }],
  ] as const)("%s", (_what, error, rung, fault) => {
    expect(ldapFault(error, rung, "dc1", "CN=x")).toMatchObject(fault);
  });
});
