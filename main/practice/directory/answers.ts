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
