import { InsufficientAccessError, InvalidCredentialsError, NoSuchObjectError, OperationsError, StrongAuthRequiredError, BusyError, UnavailableError, UnknownStatusCodeError, UnwillingToPerformError } from "ldapts";
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
    ["523", "wrong-credentials"],
    ["54b", "wrong-credentials"],
    ["52f", "account-restricted"],
    ["534", "account-restricted"],
    ["569", "account-restricted"],
    ["56b", "account-restricted"],
    ["78f", "account-restricted"],
    ["568", "too-many-groups"],
    ["576", "clock-skew"],
    ["57", "refused"],
    ["0", "refused"],
  ] as const)("data %s is %s", (data, reason) => {
    expect(signInFault(refusal(data), "dc1")).toEqual({ kind: "sign-in", reason, detail: data });
    expect(ldapFault(new InvalidCredentialsError(refusal(data)), "sign-in", "dc1")).toEqual({ kind: "sign-in", reason, detail: data });
  });

  test("without a sub-code it is a wrong password, as other directories say it", () => {
    expect(signInFault("invalid credentials", "dc1")).toEqual({ kind: "sign-in", reason: "wrong-credentials" });
  });

  test.each(["8", "51f", "548", "54f", "5aa", "6ba", "6fa", "6fb", "6fc", "6fd", "6fe", "700", "721", "774", "0000051F", "0x51f"])(
    "data %s is the controller's matter, so that the next is tried",
    (data) => {
      const fault = ldapFault(new InvalidCredentialsError(refusal(data)), "sign-in", "dc1");
      expect(fault).toMatchObject({ kind: "unreachable", rung: "sign-in", reason: "no-logon-server", host: "dc1" });
    },
  );

  test.each([
    ["80090311: LdapErr: DSID-0C09075A, comment: AcceptSecurityContext error, data 0, v4563", { kind: "unreachable", reason: "no-logon-server", detail: "80090311" }],
    ["80090324: LdapErr: DSID-0C090447, comment: AcceptSecurityContext error, data 0, v4563", { kind: "sign-in", reason: "clock-skew", detail: "80090324" }],
    ["8009030C: LdapErr: DSID-0C0905DE, comment: AcceptSecurityContext error, data 52e, v23f0", { kind: "sign-in", reason: "wrong-credentials", detail: "52e" }],
    ["8009030C: LdapErr: DSID-0C0905DE, comment: AcceptSecurityContext error, data 533, v23f0", { kind: "sign-in", reason: "account-disabled", detail: "533" }],
  ])("%s", (message, fault) => {
    expect(signInFault(message, "dc1")).toMatchObject(fault);
  });
});

describe("a failed operation", () => {
  test.each([
    ["a simple bind on a hardened controller", new StrongAuthRequiredError(), "sign-in", { kind: "sign-in", reason: "encryption-required" }],
    ["a search by nobody", new OperationsError("000004DC: LdapErr: DSID-0C090A5C, comment: In order to perform this operation a successful bind must be completed on the connection., data 0, v4563"), "directory-search", { kind: "sign-in", reason: "refused" }],
    ["a search by nobody, in Samba", new OperationsError("00002020: Operation unavailable without authentication"), "directory-search", { kind: "sign-in", reason: "refused" }],
    ["a search that failed within the directory", new OperationsError("000020D6: SvcErr: DSID-031007DB, problem 5012 (DIR_ERROR), data 0"), "directory-search", { kind: "unsupported", why: "directory-answer", detail: "LDAP 1" }],
    ["StartTLS that the controller could not begin", new OperationsError("00000000: LdapErr: DSID-0C090DCA, comment: Error initializing SSL/TLS, data 0, v4563"), "tls", { kind: "unreachable", rung: "tls", reason: "tls-failed" }],
    ["missing rights", new InsufficientAccessError(), "directory-search", { kind: "forbidden", needs: ["read-directory"] }],
    ["a missing object", new NoSuchObjectError(), "directory-search", { kind: "not-found", what: "directory-object", detail: "CN=x" }],
    ["a referral", new UnknownStatusCodeError(10, "0000202B: RefErr: DSID-0310084A, data 0, 1 access points\n\tref 1: 'other.lab'\n"), "directory-search", { kind: "not-found", what: "directory-elsewhere", detail: "other.lab" }],
    ["StartTLS without a certificate", new UnavailableError("00000000: LdapErr: DSID-0C09130B, comment: Error initializing SSL/TLS, data 0, v4563"), "tls", { kind: "unreachable", rung: "tls", reason: "no-certificate", host: "dc1" }],
    ["a busy controller, so that the next is tried", new BusyError(), "sign-in", { kind: "unreachable", rung: "sign-in", host: "dc1" }],
    ["anything else", new UnwillingToPerformError(), "directory-search", { kind: "unsupported", why: "directory-answer", detail: "LDAP 53" }],
    ["a lost connection", Object.assign(new Error("read"), { code: "ECONNRESET" }), "directory-search", { kind: "unreachable", reason: "connection-reset" }],
  ] as const)("%s", (_what, error, rung, fault) => {
    expect(ldapFault(error, rung, "dc1", "CN=x")).toMatchObject(fault);
  });
});
