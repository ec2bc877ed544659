/** LDAP results in Active Directory's words. The texts end with a zero octet, as a domain controller's do. */

export interface Answer {
  readonly code: number;
  readonly matched?: string;
  readonly message?: string;
  readonly referrals?: readonly string[];
}

const VERSION = "v4563";

function ldapError(error: string, dsid: string, comment: string, data = "0"): string {
  return `${error}: LdapErr: DSID-${dsid}, comment: ${comment}, data ${data}, ${VERSION}\0`;
}

export const success: Answer = { code: 0 };
export const sizeLimitExceeded: Answer = { code: 4 };
export const compareFalse: Answer = { code: 5 };
export const compareTrue: Answer = { code: 6 };

export const bindNeeded: Answer = {
  code: 1,
  message: ldapError("000004DC", "0C090A5C", "In order to perform this operation a successful bind must be completed on the connection."),
};

/** StartTLS at a controller without a certificate (Microsoft, "Enable LDAP over SSL with a third-party certification authority"). */
export const tlsUnavailable: Answer = { code: 52, message: ldapError("00000000", "0C09130B", "Error initializing SSL/TLS") };

export const tlsAlreadyActive: Answer = { code: 1, message: ldapError("00000000", "0C090DCA", "Error initializing SSL/TLS") };

/** `data` is one of Active Directory's sign-in codes, such as `52e`. */
export function credentialsRefused(data: string): Answer {
  return { code: 49, message: ldapError("80090308", "0C090447", "AcceptSecurityContext error", data) };
}

export const protectionNeeded: Answer = {
  code: 8,
  message: ldapError(
    "00002028",
    "0C090259",
    String.raw`The server requires binds to turn on integrity checking if SSL\TLS are not already active on the connection`,
  ),
};

export const methodNotSupported: Answer = { code: 7, message: ldapError("00002027", "0C090616", "Invalid Authentication method") };
export const versionNotSupported: Answer = { code: 2, message: ldapError("00000057", "0C09012F", "Unsupported LDAP version") };
export const unknownExtension: Answer = { code: 2, message: ldapError("0000203D", "0C090DD1", "Unknown extended request OID") };
export const decodingFailed: Answer = { code: 2, message: ldapError("00000057", "0C0907D6", "Error decoding ldap message") };
export const controlNotSupported: Answer = { code: 12, message: ldapError("00000057", "0C090A37", "Error processing control") };
export const insufficientAccess: Answer = {
  code: 50,
  message: "00002098: SecErr: DSID-03150F94, problem 4003 (INSUFF_ACCESS_RIGHTS), data 0\n\0",
};

/** No such object; `matched` is the nearest entry that exists. */
export function noSuchObject(matched: string): Answer {
  return { code: 32, matched, message: `0000208D: NameErr: DSID-0310028B, problem 2001 (NO_OBJECT), data 0, best match of:\n\t'${matched}'\n\0` };
}

export function badName(dn: string): Answer {
  return { code: 34, message: `0000208F: NameErr: DSID-03100225, problem 2006 (BAD_NAME), data 8350, best match of:\n\t'${dn}'\n\0` };
}

/** For a DN of another directory: where that one would be. */
export function elsewhere(domain: string, dn: string): Answer {
  return {
    code: 10,
    message: `0000202B: RefErr: DSID-0310084A, data 0, 1 access points\n\tref 1: '${domain}'\n\0`,
    referrals: [`ldap://${domain}/${encodeURI(dn)}`],
  };
}

/** Active Directory's own numbers of attributes (`attributeID` as it is kept), as refusals name them. */
const attributeNumbers: Readonly<Record<string, string>> = {
  cn: "3",
  member: "1f",
  grouptype: "902ee",
  objectguid: "90002",
  useraccountcontrol: "90008",
  unicodepwd: "9005a",
  samaccountname: "900dd",
  userprincipalname: "90290",
};

function attributeError(code: number, error: string, dsid: string, problem: string, attribute: string, more = ""): Answer {
  const number = attributeNumbers[attribute.toLowerCase()] ?? "150001";
  return { code, message: `${error}: AtrErr: DSID-${dsid}, #1:\n\t0: ${error}: DSID-${dsid}, problem ${problem}, data 0, Att ${number} (${attribute})${more}\n\0` };
}

function constraint(error: string, dsid: string) {
  return (attribute: string): Answer => attributeError(19, error, dsid, "1005 (CONSTRAINT_ATT_TYPE)", attribute);
}

/** Refusals of changes: Windows error, place in the code and words as in the reports that main/directory/write-faults.ts names. */
export const accessDenied: Answer = { code: 50, message: "00000005: SecErr: DSID-03152DE3, problem 4003 (INSUFF_ACCESS_RIGHTS), data 0\n\0" };
export const entryExists: Answer = { code: 68, message: "00002071: UpdErr: DSID-030503CF, problem 6005 (ENTRY_EXISTS), data 0\n\0" };
export const accountExists = (group: boolean): Answer => ({ code: 68, message: `${group ? "00000526" : "00000524"}: UpdErr: DSID-031A1261, problem 6005 (ENTRY_EXISTS), data 0\n\0` });
export const signInNameTaken = constraint("000021C8", "03200E96")("userPrincipalName");
export const notAnAccountName: Answer = { code: 80, message: "00000523: SysErr: DSID-031A1256, problem 22 (Invalid argument), data 0\n\0" };
export const passwordRefusedAtAdd: Answer = { code: 53, message: "0000052D: SvcErr: DSID-031A1248, problem 5003 (WILL_NOT_PERFORM), data 0\n\0" };
export const passwordRefused = constraint("0000052D", "031910B8")("unicodePwd");
export const passwordInTheClear: Answer = { code: 53, message: "0000001F: SvcErr: DSID-031A1262, problem 5003 (WILL_NOT_PERFORM), data 0\n\0" };
export const notAGroupType: Answer = { code: 53, message: "00002141: SvcErr: DSID-031A0FC0, problem 5003 (WILL_NOT_PERFORM), data 0\n\0" };
export const childrenExist: Answer = { code: 66, message: "0000208C: UpdErr: DSID-030A0493, problem 6003 (CANT_ON_NON_LEAF), data 0\n\0" };
export const notOfTheClass: Answer = { code: 65, message: "0000207D: UpdErr: DSID-0315119D, problem 6002 (OBJ_CLASS_VIOLATION), data -2054643804\n\0" };
export const attributeMissing: Answer = { code: 65, message: "0000207C: UpdErr: DSID-03151CEB, problem 6002 (OBJ_CLASS_VIOLATION), data 0\n\0" };
/** An attribute that the schema does not have, and a value that is not of its syntax. */
export const unknownAttribute: Answer = { code: 16, message: ldapError("00000057", "0C0910F4", "Error in attribute conversion operation") };
export const notOfTheSyntax: Answer = { code: 21, message: ldapError("00000057", "0C0910F4", "Error in attribute conversion operation") };
export const referenceMissing = constraint("000020B5", "03152804");
export const oneValueAlone = constraint("00002081", "03152398");
export const systemOwned = constraint("000020B1", "03152398");
export const tooLong = (attribute: string, length: number): Answer => attributeError(19, "00002082", "03151904", "1005 (CONSTRAINT_ATT_TYPE)", attribute, `:len ${length}`);
export const noSuchValue = (attribute: string): Answer => attributeError(16, "00002080", "03152B1A", "1001 (NO_ATTRIBUTE_OR_VAL)", attribute);
export const valueExists = (attribute: string): Answer => attributeError(20, "00002083", "03151904", "1006 (ATT_OR_VALUE_EXISTS)", attribute);
/** The name's part: `wrong` for a type that names no object of the class, `under` for a parent that is none. */
export const namingViolation = (dn: string, why: "wrong" | "under"): Answer => ({
  code: 64,
  message: `${why === "wrong" ? "00002073" : "00002099"}: NameErr: DSID-0305137B, problem 2005 (NAMING_VIOLATION), data 0, best match of:\n\t'${dn}'\n\0`,
});
