/** The ldapsearch program of ldap-utils: a client that shares no code with the product. */
import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";

export interface LdapSearch {
  /** `ldaps://127.0.0.1:636` or `ldap://…`. */
  readonly url: string;
  readonly startTls?: boolean;
  /** Null searches as nobody. */
  readonly account: { readonly username: string; readonly password: string } | null;
  readonly base: string;
  readonly scope?: "base" | "one" | "sub";
  readonly filter: string;
  readonly attributes: readonly string[];
  /** Entries a page; null asks without paging. */
  readonly page?: number | null;
}

export interface LdapSearchAnswer {
  /** 0, or the LDAP result code. */
  readonly code: number;
  /** Entries as attribute values by name as the server spells it. */
  readonly entries: readonly Readonly<Record<string, readonly string[]>>[];
  readonly errors: string;
}

/** Searches. The controller's certificate is not judged here: its name is not the address connected to. */
export async function ldapSearch(search: LdapSearch): Promise<LdapSearchAnswer> {
  const folder = await mkdtemp(path.join(os.tmpdir(), "ldapsearch-"));
  const passwordFile = path.join(folder, "password");
  await writeFile(passwordFile, search.account?.password ?? "", { mode: 0o600 });
  const { account } = search;
  const args = [
    "-LLL",
    "-x",
    "-o",
    "ldif-wrap=no",
    "-H",
    search.url,
    ...(search.startTls === true ? ["-ZZ"] : []),
    ...(account === null ? [] : ["-D", account.username, "-y", passwordFile]),
    ...(search.page === null ? [] : ["-E", `pr=${search.page ?? 500}/noprompt`]),
    "-b",
    search.base,
    "-s",
    search.scope ?? "sub",
    search.filter,
    ...search.attributes,
  ];
  const answer = await new Promise<LdapSearchAnswer>((resolve) => {
    execFile("ldapsearch", args, { env: { ...process.env, LDAPTLS_REQCERT: "never" }, maxBuffer: 256 * 1024 * 1024 }, (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : Number(error.code), entries: parse(stdout), errors: stderr });
    });
  });
  await rm(folder, { recursive: true });
  return answer;
}

function parse(ldif: string): readonly Readonly<Record<string, readonly string[]>>[] {
  return ldif
    .split(/\n\n+/)
    .filter((block) => /^dn:/m.test(block))
    .map((block) => {
      const entry: Record<string, string[]> = {};
      for (const line of block.split("\n")) {
        const match = /^([^:#]+):(:?) ?(.*)$/.exec(line);
        if (match === null) continue;
        const [, name = "", encoded, value = ""] = match;
        (entry[name] ??= []).push(encoded === ":" ? Buffer.from(value, "base64").toString("utf8") : value);
      }
      return entry;
    });
}
