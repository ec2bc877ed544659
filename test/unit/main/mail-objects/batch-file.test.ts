import { describe, expect, it } from "vitest";
import { readBatchFile } from "../../../../main/mail-objects/batch-file.ts";
import type { ColumnMapping } from "../../../../shared/contract/mail-objects.ts";
import { fault, take } from "../store/support.ts";

const read = (text: string, more: { readonly mapping?: ColumnMapping; readonly container?: string } = {}) =>
  readBatchFile(Buffer.from(text), { mapping: more.mapping ?? null, container: more.container ?? null, aliasLength: 64 });

describe("a file of mail objects", () => {
  it("is read by the names of its columns, whatever export it is from", () => {
    const { mapping, lines } = take(read('DisplayName;OrganizationalUnit;mailNickname;PrimarySmtpAddress;Type\r\n"Sales; EU";"OU=Groups,DC=contoso,DC=lab";sales;sales@contoso.lab;MailUniversalSecurityGroup\r\n'));
    expect(mapping).toMatchObject({ name: "DisplayName", container: "OrganizationalUnit", alias: "mailNickname", address: "PrimarySmtpAddress", type: "Type", password: null });
    expect(lines).toEqual([
      {
        line: 2,
        name: "Sales; EU",
        password: null,
        request: {
          action: "create", type: "security-group", name: "Sales; EU", container: "OU=Groups,DC=contoso,DC=lab", identity: null,
          alias: "sales", address: "sales@contoso.lab", externalAddress: null, accountName: "sales.eu",
        },
      },
    ]);
  });

  it("proposes what a line leaves out, and keeps a password as it stands", () => {
    const { lines } = take(read("name,type,password\nJürgen Groß,user, with spaces \n", { container: "OU=People,DC=contoso,DC=lab" }));
    expect(lines[0]).toMatchObject({ password: " with spaces ", request: { type: "mailbox", alias: "juergen.gross", accountName: "juergen.gross", container: "OU=People,DC=contoso,DC=lab" } });
  });

  it("says where a kind was not understood, and counts lines as an editor does", () => {
    const { lines } = take(read('name,type\n"two\nlines",group\n\nX,mailboxx\n'));
    expect(lines.map(({ line, name, request }) => [line, name, request?.type ?? null])).toEqual([[3, "two\nlines", "distribution-group"], [5, "X", null]]);
  });

  it.each([
    ["no column of names", "alias,type\nx,group\n", { kind: "unreadable", what: "no-column", detail: "alias, type" }],
    ["no line", "name\n", { kind: "unreadable", what: "no-names" }],
    ["a quotation mark that nothing closes", 'name\n"open\n', { kind: "unreadable", what: "not-csv", at: { line: 2, column: 1 } }],
  ])("is refused for %s", (_what, text, refused) => {
    expect(fault(read(text))).toEqual(refused);
  });

  it("tells nothing of a first line that is an object's: one of its columns may be a password", () => {
    expect(fault(read("Anna Muster,anna,Secret123!\nBert,bert,Other123!\n"))).toEqual({ kind: "unreadable", what: "no-column" });
  });

  it("takes nothing from a column without a name, as Excel leaves behind", () => {
    const { lines } = take(read("name,type,\nAnna,mailbox,ask Bob\n"));
    expect(lines[0]).toMatchObject({ password: null, request: { address: null, container: null } });
  });

  it("takes no more than ten thousand objects", () => {
    expect(fault(read(`name\n${"x\n".repeat(10_001)}`))).toEqual({ kind: "unreadable", what: "too-many-names", most: 10_000 });
  });
});
