import { AlreadyExistsError, BusyError, ConstraintViolationError, InsufficientAccessError, InvalidDNSyntaxError, InvalidSyntaxError, NamingViolationError, NoSuchAttributeError, NoSuchObjectError, NotAllowedOnNonLeafError, ObjectClassViolationError, OperationsError, TypeOrValueExistsError, UnavailableError, UndefinedTypeError, UnknownStatusCodeError, UnwillingToPerformError, type ResultCodeError } from "ldapts";
import { describe, expect, test } from "vitest";
import { writeFault, type WriteKind } from "../../../../main/directory/write-faults.ts";
import * as answers from "../../../../main/practice/directory/answers.ts";

const fault = (error: unknown, kind: WriteKind = "add") => writeFault(error, kind, "dc1.contoso.lab", "CN=x,DC=contoso,DC=lab");

/** The words are those of domain controllers, as their administrators reported them (see write-faults.ts), and of Samba 4.17. */
const refusals: readonly (readonly [what: string, error: ResultCodeError, why: string])[] = [
  ["a name that is taken", new AlreadyExistsError("00002071: UpdErr: DSID-030503CF, problem 6005 (ENTRY_EXISTS), data 0\n\0"), "name-taken"],
  ["a name that is taken, in Samba", new AlreadyExistsError("Entry CN=G1,OU=Groups,DC=contoso,DC=lab already exists"), "name-taken"],
  ["a user's account name", new AlreadyExistsError("00000524: UpdErr: DSID-031A1261, problem 6005 (ENTRY_EXISTS), data 0\n\0"), "account-name-taken"],
  ["a group's account name", new AlreadyExistsError("00000526: UpdErr: DSID-031A11DA, problem 6005 (ENTRY_EXISTS), data 0\n\0"), "account-name-taken"],
  ["a sign-in name", new ConstraintViolationError("000021C8: AtrErr: DSID-03200E07, #1:\n\t0: 000021C8: DSID-03200E07, problem 1005 (CONSTRAINT_ATT_TYPE), data 0, Att 90290 (userPrincipalName)\n\0"), "account-name-taken"],
  ["a password at the making", new UnwillingToPerformError("0000052D: SvcErr: DSID-031A1248, problem 5003 (WILL_NOT_PERFORM), data 0\n\0"), "password-policy"],
  ["a password at the change", new ConstraintViolationError("0000052D: AtrErr: DSID-031910B8, #1:\n\t0: 0000052D: DSID-031910B8, problem 1005 (CONSTRAINT_ATT_TYPE), data 0, Att 9005a (unicodePwd)\n\0"), "password-policy"],
  ["a password, in Samba", new ConstraintViolationError("0000052D: Constraint violation - check_password_restrictions: the password is too short. It should be equal or longer than 7 characters!"), "password-policy"],
  ["an old password", new ConstraintViolationError("00000056: AtrErr: DSID-03190F00, #1:\n\t0: 00000056: DSID-03190F00, problem 1005 (CONSTRAINT_ATT_TYPE), data 0, Att 9005a (unicodePwd)\n\0"), "password-policy"],
  ["a password in the clear", new UnwillingToPerformError("0000001F: SvcErr: DSID-031A124C, problem 5003 (WILL_NOT_PERFORM), data 0\n\0"), "password-needs-encryption"],
  ["an account name that is none", new UnknownStatusCodeError(80, "00000523: SysErr: DSID-031A1256, problem 22 (Invalid argument), data 0\n\0"), "name-not-allowed"],
  ["a name that is too long", new ConstraintViolationError("00002082: AtrErr: DSID-03151904, #1:\n\t0: 00002082: DSID-03151904, problem 1005 (CONSTRAINT_ATT_TYPE), data 0, Att 3 (cn):len 130\n\0"), "name-not-allowed"],
  ["a value that is too long", new ConstraintViolationError("00002082: AtrErr: DSID-03151904, #1:\n\t0: 00002082: DSID-03151904, problem 1005 (CONSTRAINT_ATT_TYPE), data 0, Att 150001 (mail):len 600\n\0"), "value-not-allowed"],
  ["a reference to nobody", new ConstraintViolationError("000020B5: AtrErr: DSID-03152804, #1:\n\t0: 000020B5: DSID-03152804, problem 1005 (CONSTRAINT_ATT_TYPE), data 0, Att 15000a (manager)\n\0"), "value-not-allowed"],
  ["a group type", new UnwillingToPerformError("00002141: SvcErr: DSID-031A0FC0, problem 5003 (WILL_NOT_PERFORM), data 0\n\0"), "value-not-allowed"],
  ["an unwilling controller", new UnwillingToPerformError("00002077: SvcErr: DSID-031903F9, problem 5003 (WILL_NOT_PERFORM), data 0\n\0"), "refused"],
  ["a directory that fails within", new OperationsError("00002020: ../../lib/ldb/ldb_key_value/ldb_kv_index.c:2102: Failed to get casefold DN from: CN=x,OU=People,DC=contoso,DC=lab"), "refused"],
  ["a directory that fails within, by another code", new UnknownStatusCodeError(80, "0000203D: SysErr: DSID-031A1256, problem 22 (Invalid argument), data 0\n\0"), "refused"],
  ["an attribute that there is not", new NoSuchAttributeError("00000057: LdapErr: DSID-0C0910F4, comment: Error in attribute conversion operation, data 0, v4563"), "value-not-allowed"],
  ["an attribute that is not defined", new UndefinedTypeError(), "value-not-allowed"],
  ["a value of another syntax", new InvalidSyntaxError(), "value-not-allowed"],
  ["a value that is there", new TypeOrValueExistsError("00002083: AtrErr: DSID-03151904, #1:\n\t0: 00002083: DSID-03151904, problem 1006 (ATT_OR_VALUE_EXISTS), data 0, Att 90303 (servicePrincipalName)\n\0"), "value-not-allowed"],
  ["an attribute of another class", new ObjectClassViolationError("0000207D: UpdErr: DSID-0315119D, problem 6002 (OBJ_CLASS_VIOLATION), data -2054643804\n\0"), "value-not-allowed"],
  ["a parent that is no container", new NamingViolationError("00002099: NameErr: DSID-0305137B, problem 2005 (NAMING_VIOLATION), data 0, best match of:\n\t'CN=x'\n\0"), "name-not-allowed"],
  ["a name that is none", new InvalidDNSyntaxError(), "name-not-allowed"],
  ["what holds others", new NotAllowedOnNonLeafError("0000208C: UpdErr: DSID-030A0493, problem 6003 (CANT_ON_NON_LEAF), data 0\n\0"), "not-empty"],
];

describe("a change that a controller refuses", () => {
  test.each(refusals)("%s", (_what, error, why) => {
    expect(fault(error)).toMatchObject({ kind: "object-refused", why, host: "dc1.contoso.lab" });
  });

  test.each([
    ["add", "container-missing"],
    ["modify", "object-missing"],
    ["remove", "object-missing"],
  ] as const)("%s where nothing is", (kind, why) => {
    expect(fault(new NoSuchObjectError("0000208D: NameErr: DSID-0310028B, problem 2001 (NO_OBJECT), data 0, best match of:\n\t'DC=contoso,DC=lab'\n\0"), kind)).toEqual({ kind: "object-refused", why, host: "dc1.contoso.lab", detail: "LDAP 32 0000208D" });
  });

  test.each([
    ["add", "create-objects"],
    ["modify", "change-objects"],
    ["remove", "delete-objects"],
  ] as const)("%s without the right", (kind, need) => {
    expect(fault(new InsufficientAccessError("00000005: SecErr: DSID-03152DE3, problem 4003 (INSUFF_ACCESS_RIGHTS), data 0\n\0"), kind)).toEqual({ kind: "forbidden", needs: [need], detail: "LDAP 50 00000005" });
    expect(fault(new InsufficientAccessError("acl: unable to get access to CN=x\n"), kind)).toEqual({ kind: "forbidden", needs: [need], detail: "LDAP 50" });
    expect(fault(new UnwillingToPerformError("00000005: SvcErr: DSID-031A1190, problem 5003 (WILL_NOT_PERFORM), data 0\n\0"), kind)).toMatchObject({ kind: "forbidden", needs: [need] });
  });

  test("tells no value: the details are the codes", () => {
    const said = new ConstraintViolationError("0000202F: samldb: sAMAccountName 'secret-name' contains invalid '/' character");
    expect(JSON.stringify(fault(said))).not.toContain("secret-name");
  });

  test("a connection that lost who signed in is not one that refuses", () => {
    expect(fault(new OperationsError("000004DC: LdapErr: DSID-0C090A5C, comment: In order to perform this operation a successful bind must be completed on the connection., data 0, v4563"))).toMatchObject({ kind: "sign-in", reason: "refused" });
  });

  test("a controller that is busy or going down is not one that refuses", () => {
    expect(fault(new BusyError())).toMatchObject({ kind: "unreachable", reason: "not-ready" });
    expect(fault(new UnavailableError())).toMatchObject({ kind: "unreachable", reason: "not-ready" });
  });

  test("a lost connection leaves it open what was done", () => {
    expect(fault(Object.assign(new Error("read"), { code: "ECONNRESET" }))).toMatchObject({ kind: "unreachable", reason: "connection-reset" });
  });

  test.each(Object.entries(answers).flatMap(([name, answer]) => (typeof answer === "object" && answer.code >= 16 && answer.code !== 49 && answer.code !== 52 ? [[name, answer] as const] : [])))("the practice directory's %s is understood", (_name, { code, message }) => {
    expect(["object-refused", "forbidden"]).toContain(fault(new UnknownStatusCodeError(code, message ?? "")).kind);
  });
});
