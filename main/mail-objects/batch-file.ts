/** A CSV file of mail objects: its columns, and what each line asks for. */
import { CsvError } from "csv-parse";
import { parse } from "csv-parse/sync";
import { columnMappingSchema, mailColumnSchema, type ChosenColumns, type ColumnMapping, type MailColumn } from "../../shared/contract/mail-objects.ts";
import { fail, succeed, type Fault, type Result } from "../../shared/fault.ts";
import { mailObjectTypes, type MailObjectType, type MailRequest } from "../../shared/model/mail-object.ts";
import { MAIL_OBJECTS_MOST } from "../../shared/rules/file-limits.ts";
import { decodeText } from "../decode-text.ts";
import { propose } from "./proposal.ts";

/** The longest record, in characters: a quotation mark that nothing closes does not take in the whole file. */
const LONGEST_RECORD = 64 * 1024;
/** Excel writes the semicolon where the comma is the decimal sign. */
const DELIMITERS = [",", ";", "\t"];

/** What exports call a column, in lower case without spaces: Exchange's and Active Directory's cmdlets, LDAP, people. */
const COLUMN_NAMES: Readonly<Record<MailColumn, readonly string[]>> = {
  type: ["type", "objecttype", "recipienttype", "objectclass", "kind"],
  name: ["name", "displayname", "cn", "fullname"],
  container: ["container", "ou", "organizationalunit", "path"],
  alias: ["alias", "mailnickname"],
  address: ["address", "primarysmtpaddress", "mail", "emailaddress", "email"],
  externalAddress: ["externaladdress", "externalemailaddress", "targetaddress"],
  accountName: ["accountname", "samaccountname", "account"],
  password: ["password", "firstpassword", "initialpassword"],
};
const COLUMNS = mailColumnSchema.options;

/** What people and exports call a kind of object, in lower case without spaces. */
const TYPE_NAMES: Readonly<Record<string, MailObjectType>> = {
  ...Object.fromEntries(mailObjectTypes.flatMap((type) => [[type, type], [type.replaceAll("-", ""), type]])),
  group: "distribution-group",
  mailuniversaldistributiongroup: "distribution-group",
  mailuniversalsecuritygroup: "security-group",
  user: "mailbox",
  usermailbox: "mailbox",
  contact: "mail-contact",
  microsoft365group: "microsoft-365-group",
};

/** One line of the file. */
export interface BatchLine {
  /** In the file, from 1. */
  readonly line: number;
  /** Empty where the line has none. */
  readonly name: string;
  /** Null where the kind of object was not understood. */
  readonly request: MailRequest | null;
  /** A secret. */
  readonly password: string | null;
}

export interface BatchFile {
  readonly columns: readonly string[];
  readonly mapping: ColumnMapping;
  readonly lines: readonly BatchLine[];
}

interface CsvRecord {
  readonly record: readonly string[];
  /** The last line of it, from 1. */
  readonly line: number;
}

const key = (text: string) => text.trim().toLowerCase().replaceAll(/[\s_-]/g, "");

/**
 * Reads a file with a line of column names. What a line leaves out is proposed from its name; a line without a kind is a
 * distribution group where the file has no such column. What `mapping` leaves out goes by the columns' names. Fails with `unreadable`: `not-text`,
 * `not-csv` with the line, `no-column` where none holds names, `no-names`, `too-many-names`.
 */
export function readBatchFile(bytes: Uint8Array, { mapping, container, aliasLength }: { readonly mapping: ChosenColumns | null; readonly container: string | null; readonly aliasLength: number }): Result<BatchFile> {
  const text = decodeText(bytes);
  if (!text.ok) return text;
  const records = readRecords(text.value);
  if (!records.ok) return records;
  const [header, ...rows] = records.value;
  const columns = (header?.record ?? []).map((name) => name.trim());
  const mapped = { ...guess(columns), ...mapping };
  if (mapped.name === null || !columns.includes(mapped.name)) return fail(noColumn(columns));
  if (rows.length === 0) return fail({ kind: "unreadable", what: "no-names" });
  if (rows.length > MAIL_OBJECTS_MOST) return fail({ kind: "unreadable", what: "too-many-names", most: MAIL_OBJECTS_MOST });
  // A column that nobody named, as Excel leaves behind, is none.
  const index = new Map(COLUMNS.map((column) => [column, (mapped[column] ?? "") === "" ? -1 : columns.indexOf(mapped[column] ?? "")]));
  const lines = rows.map(({ record, line }) => {
    const cell = (column: MailColumn) => {
      const value = record[index.get(column) ?? -1] ?? "";
      return value.trim() === "" ? null : column === "password" ? value : value.trim();
    };
    return { line, name: cell("name") ?? "", request: requestOf(cell, mapped.type !== null, container, aliasLength), password: cell("password") };
  });
  return succeed({ columns, mapping: mapped, lines });
}

/** Without a line of names the first one is an object's, which may hold a password: it is not told then. */
function noColumn(columns: readonly string[]): Fault {
  const isHeader = columns.some((column) => Object.values(COLUMN_NAMES).some((names) => names.includes(key(column))));
  return { kind: "unreadable", what: "no-column", ...(isHeader ? { detail: columns.join(", ") } : {}) };
}

function readRecords(text: string): Result<readonly CsvRecord[]> {
  const records: CsvRecord[] = [];
  const take = (record: readonly string[], { lines }: { readonly lines: number }) => {
    records.push({ record, line: lines });
    return null;
  };
  try {
    parse(text, { delimiter: delimiterOf(text), relax_column_count: true, skip_empty_lines: true, max_record_size: LONGEST_RECORD, on_record: take });
    return succeed(records);
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    return fail({ kind: "unreadable", what: "not-csv", at: { line: (records.at(-1)?.line ?? 0) + 1, column: 1 } });
  }
}

/** The one that the first line has most of. */
function delimiterOf(text: string): string {
  const [line = ""] = text.replaceAll(/"[^"]*"/g, "").split(/\r|\n/, 1);
  const counts = DELIMITERS.map((delimiter) => line.split(delimiter).length);
  return DELIMITERS[counts.indexOf(Math.max(...counts))] ?? ",";
}

function guess(columns: readonly string[]): ColumnMapping {
  const found = (column: MailColumn) => COLUMN_NAMES[column].map((name) => columns.find((each) => key(each) === name)).find((each) => each !== undefined) ?? null;
  return columnMappingSchema.parse(Object.fromEntries(COLUMNS.map((column) => [column, found(column)])));
}

function requestOf(cell: (column: MailColumn) => string | null, hasType: boolean, container: string | null, aliasLength: number): MailRequest | null {
  const typed = cell("type");
  const type = typed === null && !hasType ? "distribution-group" : TYPE_NAMES[key(typed ?? "")];
  if (type === undefined) return null;
  const name = cell("name") ?? "";
  const proposed = propose(type, name, aliasLength);
  return {
    action: "create",
    type,
    name,
    container: cell("container") ?? container,
    identity: null,
    alias: cell("alias") ?? proposed.alias,
    address: cell("address"),
    externalAddress: cell("externalAddress"),
    accountName: cell("accountName") ?? (type === "mail-contact" ? null : proposed.accountName),
  };
}
