/** The provisioned domain that every lab starts as a copy of: Exchange's schema and the accounts, without an Exchange organisation. */
import { createHash } from "node:crypto";
import { mkdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import { accountPlans, delegatedUnits, PRACTICE_PASSWORD } from "../../main/practice/directory/accounts.ts";
import { siteNames } from "../../main/practice/organisation.ts";
import { Client } from "ldapts";
import { signInAsAdministrator, type Administrator } from "./administrator.ts";
import { withLock } from "../../build/lock.ts";
import { run, type Programs } from "./programs.ts";
import { attributeLdif, classLdif, recipientLdif } from "./schema.ts";
import { ADMINISTRATOR_PASSWORD, CONFIGURATION_DN, configure, CONTROLLER, DOMAIN_DN, freeAddress, NETBIOS, REALM, SCHEMA_DN, startSamba, TEMPLATE_ADDRESS, type ControllerIdentity } from "./samba.ts";

const ACCOUNTS_DN = `OU=Service Accounts,${DOMAIN_DN}`;
const GUESTS_RID = "514";
/** UF_NORMAL_ACCOUNT, with and without UF_ACCOUNTDISABLE. */
const ENABLED = "512";
const DISABLED = "514";
/** Samba's DSDB_CONTROL_BYPASS_PASSWORD_HASH_OID, heard offline only. */
const BYPASS_PASSWORD_HASH = "1.3.6.1.4.1.7165.4.3.12";
/** The shortest age that counts is more than a day. */
const TWO_DAYS = "-1728000000000";

/** Whatever shapes the template is part of its name, so that a change of it builds another. */
async function templateName(programs: Programs): Promise<string> {
  const version = await run(programs.samba, ["--version"]);
  const sources = await Promise.all(["template.ts", "schema.ts", "samba.ts"].map((name) => readFile(path.join(import.meta.dirname, name), "utf8")));
  const shape = [version, ...sources, JSON.stringify(accountPlans), PRACTICE_PASSWORD, siteNames.join()].join("\n");
  return `template-${createHash("sha256").update(shape).digest("hex").slice(0, 16)}`;
}

/** The template's folder below `cache`; built when it is not there, by one process at a time. */
export async function ensureTemplate(programs: Programs, cache: string, identity: ControllerIdentity): Promise<string> {
  await mkdir(cache, { recursive: true });
  const template = path.join(cache, await templateName(programs));
  const exists = () => stat(template).then(() => true, () => false);
  if (await exists()) return template;
  return withLock(`${template}.lock`, async () => {
    if (await exists()) return template;
    const building = `${template}.building`;
    await rm(building, { recursive: true, force: true });
    await build(programs, building, identity);
    await rename(building, template);
    return template;
  });
}

async function build(programs: Programs, folder: string, identity: ControllerIdentity): Promise<void> {
  await run(programs["samba-tool"], [
    "domain",
    "provision",
    "--quiet",
    "--configfile=/dev/null",
    `--targetdir=${folder}`,
    `--realm=${REALM.toUpperCase()}`,
    `--domain=${NETBIOS}`,
    "--server-role=dc",
    "--dns-backend=SAMBA_INTERNAL",
    `--adminpass=${ADMINISTRATOR_PASSWORD}`,
    "--host-name=dc1",
    `--host-ip=${TEMPLATE_ADDRESS}`,
  ]);
  const address = await freeAddress();
  const configuration = await configure(folder, address, identity);
  await addOffline(programs, folder, configuration, attributeLdif(SCHEMA_DN));
  await addOffline(programs, folder, configuration, classLdif(SCHEMA_DN));
  await modifyOffline(programs, folder, configuration, recipientLdif(SCHEMA_DN));
  const samba = await startSamba(programs, configuration, address);
  try {
    const administrator = await signInAsAdministrator(address);
    await furnish(administrator);
    await administrator.close();
    await lockAccounts(address, identity.authorityPem);
  } finally {
    await samba.stop();
  }
  await agePasswords(programs, folder, configuration);
  await delegate(programs, folder);
}

/** Full control of the units in which objects are made, inherited by what is made there. */
async function delegate(programs: Programs, folder: string): Promise<void> {
  const database = ["--configfile=/dev/null", "-H", path.join(folder, "private", "sam.ldb")];
  for (const account of accountPlans.filter(({ writer }) => writer)) {
    const shown = await run(programs["samba-tool"], ["user", "show", account.name, "--attributes=objectSid", ...database]);
    const sid = /objectSid: (S-[\d-]+)/.exec(shown)?.[1] ?? "";
    for (const unit of delegatedUnits) {
      await run(programs["samba-tool"], ["dsacl", "set", ...database, `--objectdn=OU=${unit},${DOMAIN_DN}`, "--action=allow", `--sddl=(A;CI;GA;;;${sid})`]);
    }
  }
}

/** A password set in 2020 is older than any policy allows; the directory itself lets nobody write that date. */
async function agePasswords(programs: Programs, folder: string, configuration: string): Promise<void> {
  const file = path.join(folder, "age.ldif");
  const expired = accountPlans.filter(({ state }) => state === "password-expired");
  await writeFile(file, expired.map(({ name }) => `dn: CN=${name},${ACCOUNTS_DN}\nchangetype: modify\nreplace: pwdLastSet\npwdLastSet: 132223104000000000\n`).join("\n"));
  await run(programs.ldbmodify, [`--configfile=${configuration}`, `--controls=local_oid:${BYPASS_PASSWORD_HASH}:0`, "-H", path.join(folder, "private", "sam.ldb"), file]);
  await rm(file);
}

async function modifyOffline(programs: Programs, folder: string, configuration: string, ldif: string): Promise<void> {
  const file = path.join(folder, "modify.ldif");
  await writeFile(file, ldif);
  await run(programs.ldbmodify, [`--configfile=${configuration}`, "-H", path.join(folder, "private", "sam.ldb"), file]);
  await rm(file);
}

async function addOffline(programs: Programs, folder: string, configuration: string, ldif: string): Promise<void> {
  const file = path.join(folder, "add.ldif");
  await writeFile(file, ldif);
  await run(programs.ldbadd, [`--configfile=${configuration}`, "--nosync", "-H", path.join(folder, "private", "sam.ldb"), file]);
  await rm(file);
}

async function furnish(administrator: Administrator): Promise<void> {
  // A template whose passwords age would stop working after 42 days.
  await administrator.replace(DOMAIN_DN, "maxPwdAge", ["0"]);
  await administrator.replace(DOMAIN_DN, "minPwdAge", ["0"]);
  for (const name of siteNames) {
    await administrator.add(`CN=${name},CN=Sites,${CONFIGURATION_DN}`, { objectClass: "site" }).catch(ignoreExisting);
  }
  await administrator.add(ACCOUNTS_DN, { objectClass: "organizationalUnit" });
  for (const unit of delegatedUnits) await administrator.add(`OU=${unit},${DOMAIN_DN}`, { objectClass: "organizationalUnit" });
  for (const account of accountPlans) await addAccount(administrator, account);
}

async function addAccount(administrator: Administrator, { name, description, state, reader }: (typeof accountPlans)[number]): Promise<void> {
  const dn = `CN=${name},${ACCOUNTS_DN}`;
  await administrator.add(dn, { objectClass: "user", sAMAccountName: name, userPrincipalName: `${name}@${REALM}`, displayName: description, description });
  await administrator.setPassword(dn, PRACTICE_PASSWORD);
  await administrator.replace(dn, "userAccountControl", [state === "disabled" ? DISABLED : ENABLED]);
  if (state === "must-change") await administrator.replace(dn, "pwdLastSet", ["0"]);
  // 1601 in 100-nanosecond steps, plus one day: long ago.
  if (state === "expired") await administrator.replace(dn, "accountExpires", ["864000000000"]);
  if (state === "password-expired") await limitPassword(administrator, dn, { "msDS-MaximumPasswordAge": TWO_DAYS });
  if (state === "locked") await limitPassword(administrator, dn, { "msDS-LockoutThreshold": "1" });
  if (!reader) await makeGuest(administrator, dn);
}

/** A password policy of its own: the only way to age or lock one account. */
async function limitPassword(administrator: Administrator, account: string, settings: Readonly<Record<string, string>>): Promise<void> {
  const name = /^CN=([^,]+)/.exec(account)?.[1] ?? account;
  const halfHour = "-18000000000";
  await administrator.add(`CN=Policy of ${name},CN=Password Settings Container,CN=System,${DOMAIN_DN}`, {
    objectClass: "msDS-PasswordSettings",
    "msDS-PasswordSettingsPrecedence": "10",
    "msDS-PasswordReversibleEncryptionEnabled": "FALSE",
    "msDS-PasswordHistoryLength": "0",
    "msDS-PasswordComplexityEnabled": "FALSE",
    "msDS-MinimumPasswordLength": "0",
    "msDS-MinimumPasswordAge": "0",
    "msDS-MaximumPasswordAge": "-9223372036854775808",
    "msDS-LockoutThreshold": "0",
    "msDS-LockoutObservationWindow": halfHour,
    // Locked until an administrator unlocks it.
    "msDS-LockoutDuration": "-9223372036854775808",
    "msDS-PSOAppliesTo": account,
    ...settings,
  });
}

/** One wrong password locks an account whose policy says so. */
async function lockAccounts(address: string, authorityPem: string): Promise<void> {
  for (const { name } of accountPlans.filter(({ state }) => state === "locked")) {
    const client = new Client({ url: `ldaps://${address}:636`, tlsOptions: { ca: [authorityPem], servername: CONTROLLER } });
    await client.bind(`${name}@${REALM}`, "wrong").catch(() => undefined);
    await client.unbind();
  }
}

/** Only a guest: may look around, but not at what the domain's users may read. */
async function makeGuest(administrator: Administrator, account: string): Promise<void> {
  const guests = `CN=Domain Guests,CN=Users,${DOMAIN_DN}`;
  await administrator.addMember(guests, account);
  await administrator.replace(account, "primaryGroupID", [GUESTS_RID]);
  await administrator.removeMember(`CN=Domain Users,CN=Users,${DOMAIN_DN}`, account);
}

/** One site is there from the start. */
function ignoreExisting(error: unknown): void {
  if (!(error instanceof Error) || !("code" in error) || error.code !== 68) throw error;
}
