/** The part of Exchange's schema extension that the lab needs, as LDIF for an empty forest. */

interface AttributePlan {
  readonly name: string;
  readonly oid: string;
  readonly syntax: string;
  readonly omSyntax: number;
  readonly objectClass?: string;
  readonly many?: true;
}

/** Below an arc for private use: only names and syntaxes matter to clients. */
const privateArc = "1.3.6.1.4.1.55555.1";
const exchangeArc = "1.2.840.113556.1.4.7000.102";

const attributes: readonly AttributePlan[] = [
  { name: "mailNickname", oid: "1.2.840.113556.1.2.447", syntax: "2.5.5.12", omSyntax: 64 },
  { name: "targetAddress", oid: "1.2.840.113556.1.2.352", syntax: "2.5.5.12", omSyntax: 64 },
  { name: "msExchHideFromAddressLists", oid: `${exchangeArc}.73`, syntax: "2.5.5.8", omSyntax: 1 },
  { name: "msExchRecipientDisplayType", oid: `${exchangeArc}.50730`, syntax: "2.5.5.9", omSyntax: 2 },
  { name: "msExchRecipientTypeDetails", oid: `${exchangeArc}.50855`, syntax: "2.5.5.16", omSyntax: 65 },
  { name: "msExchCurrentServerRoles", oid: `${privateArc}.1`, syntax: "2.5.5.9", omSyntax: 2 },
  { name: "msExchServerSite", oid: `${privateArc}.2`, syntax: "2.5.5.1", omSyntax: 127, objectClass: "KwwCh3McAIVK" },
  { name: "msExchVersion", oid: `${privateArc}.3`, syntax: "2.5.5.16", omSyntax: 65 },
  { name: "msExchMailboxGuid", oid: `${privateArc}.4`, syntax: "2.5.5.10", omSyntax: 4 },
  { name: "homeMDB", oid: `${privateArc}.5`, syntax: "2.5.5.1", omSyntax: 127, objectClass: "KwwCh3McAIVK" },
  { name: "msExchHomeServerName", oid: `${privateArc}.6`, syntax: "2.5.5.12", omSyntax: 64 },
  { name: "msExchPoliciesIncluded", oid: `${privateArc}.7`, syntax: "2.5.5.12", omSyntax: 64, many: true },
  { name: "msExchPoliciesExcluded", oid: `${privateArc}.8`, syntax: "2.5.5.12", omSyntax: 64, many: true },
  { name: "reportToOriginator", oid: `${privateArc}.9`, syntax: "2.5.5.8", omSyntax: 1 },
];

/** What Exchange's setup gives to users, groups and contacts alike, through the class that stands for a recipient of mail. */
const ofRecipients = attributes.map(({ name }) => name).filter((name) => name !== "msExchCurrentServerRoles" && name !== "msExchServerSite");

/** Administrators and the system may do everything. */
const owners = "(A;;GA;;;DA)(A;;GA;;;SY)";
const everybodyReads = `D:${owners}(A;;RPLCLORC;;;AU)`;
/** Servers show themselves to the domain's users; an account that is only a guest does not see them. */
const usersRead = `D:${owners}(A;;RPLCLORC;;;DU)`;

const classArc = "1.2.840.113556.1.5.7000.62";
const classes = [
  { name: "msExchOrganizationContainer", oid: `${classArc}.50020`, parent: "container", may: [], descriptor: everybodyReads },
  { name: "msExchAdminGroupContainer", oid: `${classArc}.50019`, parent: "container", may: [], descriptor: everybodyReads },
  { name: "msExchAdminGroup", oid: `${classArc}.50011`, parent: "container", may: [], descriptor: everybodyReads },
  { name: "msExchServersContainer", oid: `${classArc}.50013`, parent: "container", may: [], descriptor: everybodyReads },
  {
    name: "msExchExchangeServer",
    oid: `${classArc}.50009`,
    parent: "server",
    may: ["networkAddress", "versionNumber", "legacyExchangeDN", "msExchCurrentServerRoles", "msExchServerSite", "msExchVersion"],
    descriptor: usersRead,
  },
] as const;

/** Attributes first: classes name them, and the schema is read anew for each file. */
export function attributeLdif(schemaDn: string): string {
  return attributes
    .map(({ name, oid, syntax, omSyntax, objectClass, many }) =>
      record(`CN=${name},${schemaDn}`, [
        "objectClass: attributeSchema",
        `lDAPDisplayName: ${name}`,
        `attributeID: ${oid}`,
        `attributeSyntax: ${syntax}`,
        `oMSyntax: ${omSyntax}`,
        ...(objectClass === undefined ? [] : [`oMObjectClass:: ${objectClass}`]),
        `isSingleValued: ${many === true ? "FALSE" : "TRUE"}`,
      ]),
    )
    .join("\n");
}

/** Structural classes; the containers may stand where Exchange's setup puts them. */
export function classLdif(schemaDn: string): string {
  return classes
    .map(({ name, oid, parent, may, descriptor }) =>
      record(`CN=${name},${schemaDn}`, [
        "objectClass: classSchema",
        `lDAPDisplayName: ${name}`,
        `governsID: ${oid}`,
        `subClassOf: ${parent}`,
        "objectClassCategory: 1",
        "rDNAttID: cn",
        "possSuperiors: container",
        ...may.map((attribute) => `mayContain: ${attribute}`),
        `defaultObjectCategory: CN=${name},${schemaDn}`,
        `defaultSecurityDescriptor: ${descriptor}`,
      ]),
    )
    .join("\n");
}

/** The change of the directory's own class: auxiliary to user, group and contact from the start. */
export function recipientLdif(schemaDn: string): string {
  return record(`CN=Mail-Recipient,${schemaDn}`, ["changetype: modify", "add: mayContain", ...ofRecipients.map((name) => `mayContain: ${name}`)]);
}

function record(dn: string, lines: readonly string[]): string {
  return [`dn: ${dn}`, ...lines, ""].join("\n");
}
