/** `npm run lab`: starts the lab, says what to type into the form, and takes the practice organisation's verbs. */
import { writeFile } from "node:fs/promises";
import path from "node:path";
import readline from "node:readline";
import { startLab, type Lab } from "./lab.ts";

// Whoever read along may leave; the lab still ends properly.
process.stdout.on("error", () => undefined);
const say = (line: string) => process.stdout.write(`${line}\n`);

function introduce(lab: Lab, authorityFile: string): void {
  const { mail, unprivileged } = lab.accounts;
  const servers = lab.organisation.servers().map(({ name, version, roles }) => `${name.toLowerCase()} (${version.id}${roles === 64 ? ", Edge" : ""})`);
  say(`The lab is up: ${lab.domain}, an Active Directory on ${lab.address}.`);
  say("");
  say("Identity store, Active Directory:");
  say(`  Domain              ${lab.domain}`);
  say(`  DNS server          ${lab.dnsServer}`);
  say(`  Username            ${mail.username}   or   ${lab.netbios}\\${mail.username.split("@")[0] ?? ""}`);
  say(`  Password            ${mail.password}`);
  say(`  Trusted authority   ${authorityFile}`);
  say("Messaging system, Microsoft Exchange 2013, 2016, 2019 or Subscription Edition:");
  say(`  Domain name         ${lab.domain}`);
  say("  Username, Password  as above");
  say(`An account that may not see the servers: ${unprivileged.username}, same password.`);
  say(`Servers: ${servers.join(", ")}`);
  say("");
  say("Verbs: down exb · up exb · drain exb · slow exb 5 · refuse exb · hang exb · old-tls exb · stopped exb · sign-in exb");
  say("       redirect exb · proxy-page exb · other-server exb · own-name exb · expired exb · untrusted exb · self-signed exb · weak exb");
  say("       wrong-purpose exb · no-intermediate exb");
  say("       add exf 2016 · remove exf · thousand · down directory · up directory · expired directory · reset · list · quit");
}

async function obey(lab: Lab, line: string): Promise<boolean> {
  const [verb = "", target, ...rest] = line.trim().split(/\s+/);
  if (verb === "") return true;
  if (verb === "quit" || verb === "exit") return false;
  if (verb === "list") {
    for (const { id, state, detail } of lab.components()) say(`${id.padEnd(12)} ${state.padEnd(12)} ${detail ?? ""}`);
    return true;
  }
  try {
    const result = await lab.run(verb, target?.toLowerCase() ?? null, rest.length === 0 ? null : rest.join(" "));
    if (result === null) say(`Nothing here knows "${line.trim()}". Type list for what there is.`);
    else say(result.ok ? `done: ${line.trim()}` : `refused: ${JSON.stringify(result.fault)}`);
  } catch (error) {
    say(`not done: ${error instanceof Error ? error.message : String(error)}`);
  }
  return true;
}

async function main(): Promise<number> {
  let lab: Lab;
  try {
    lab = await startLab();
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    return 1;
  }
  const authorityFile = path.join(import.meta.dirname, "..", "..", ".cache", "lab", "lab-authority.pem");
  await writeFile(authorityFile, lab.authorityPem);
  introduce(lab, authorityFile);
  const input = readline.createInterface({ input: process.stdin });
  const stop = () => input.close();
  // Heard every time: a terminal and npm both pass the same signal on.
  process.on("SIGINT", stop);
  process.on("SIGTERM", stop);
  // npm's shell dies of a signal without passing it on.
  const parent = process.ppid;
  setInterval(() => (process.ppid === parent ? undefined : stop()), 500).unref();
  for await (const line of input) if (!(await obey(lab, line))) break;
  await lab.dispose();
  return 0;
}

process.exitCode = await main();
