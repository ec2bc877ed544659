/** How the verbs that hand a configuration over end, beside stores "rules" and "nothing". */
import path from "node:path";
import type { VerbCase } from "./verb-case.ts";

/** Of the age tool's documentation, and a secret key of its test vectors. */
const ANOTHER_KEY = "age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p";
const SECRET_KEY = "AGE-SECRET-KEY-1EGTZVFFV20835NWYV6270LXYVK2VKNX2MMDKWYKLMGR48UAWX40Q2P2LM0";
const PASSPHRASE = "letter-advice-cage-absurd";

/** `at`: a file of the test's folder, in which rules.json is a store's document. */
export function handoverCases(at: (name: string) => string): readonly VerbCase[] {
  return [
    ["export: done", () => ["export", at("site.age")], 0, `${PASSPHRASE}\n`],
    ["export: one store, without secrets", () => ["export", at("rules.bundle"), "--unsealed", "--store", "rules", "--store", "nothing"], 0],
    ["export: no passphrase", () => ["export", at("site.age")], 2],
    ["export: a passphrase that is guessed", () => ["export", at("site.age")], 7, "short\n"],
    ["export: a store that is missing", () => ["export", at("site.age"), "--store", "nobody"], 3, `${PASSPHRASE}\n`],
    ["export: a file that cannot be written", () => ["export", at(path.join("nowhere", "site.age"))], 1, `${PASSPHRASE}\n`],
    ["import: what it would change", () => ["import", at("site.age"), "--plan"], 0, `${PASSPHRASE}\n`],
    ["import: nothing new", () => ["import", at("site.age")], 0, `${PASSPHRASE}\n`],
    ["import: another passphrase", () => ["import", at("site.age")], 6, "another passphrase\n"],
    ["import: no passphrase", () => ["import", at("site.age")], 2],
    ["import: a store that is not in it", () => ["import", at("site.age"), "--store", "nobody"], 3, `${PASSPHRASE}\n`],
    ["import: another file", () => ["import", at("rules.json")], 1],
    ["import: a file that is missing", () => ["import", at("missing.age")], 3],
    ["key: done", () => ["key"], 0],
    ["key: a new one, without saying that it is meant", () => ["key", "--new"], 2],
    ["key: a new one", () => ["key", "--new", "--yes"], 0],
    ["export: to a console's key", () => ["export", at("theirs.age"), "--to", ANOTHER_KEY], 0],
    ["export: to a secret key", () => ["export", at("theirs.age"), "--to", SECRET_KEY], 7],
    ["export: to a key, and plain", () => ["export", at("theirs.age"), "--to", ANOTHER_KEY, "--unsealed"], 2],
    ["import: sealed to another console's key", () => ["import", at("theirs.age")], 1],
    ["compare: a file that is sealed to another console's key", () => ["compare", "rules", at("theirs.age")], 1],
    ["compare: nothing differs", () => ["compare", "rules", "saved"], 0],
    ["compare: something differs", () => ["compare", "rules", "1", "saved"], 9],
    ["compare: a file that holds the same", () => ["compare", "rules", at("site.age")], 0, `${PASSPHRASE}\n`],
    ["compare: a file that is not sealed", () => ["compare", "nothing", at("rules.bundle"), "saved"], 0],
    ["compare: a provider without servers", () => ["compare", "nothing"], 1],
    ["compare: no draft", () => ["compare", "rules", "draft"], 3],
    ["compare: no result of a probe", () => ["compare", "rules", "probe"], 3],
    ["compare: a revision that is missing", () => ["compare", "rules", "99", "saved"], 3],
    ["compare: a store that is missing", () => ["compare", "nobody", "saved"], 3],
    ["compare: a file without its passphrase", () => ["compare", "rules", at("site.age")], 2],
    ["report: done", () => ["report"], 0],
    ["report: checked, where there is nothing to check", () => ["report", "--store", "nothing", "--check"], 0],
    ["report: a store that is missing", () => ["report", "--store", "nobody"], 3],
    ["validate: what is not entered is open", () => ["validate"], 7],
    ["validate: one store", () => ["validate", "--store", "rules"], 7],
    ["validate: a store that is missing", () => ["validate", "--store", "nobody"], 3],
    ["probe: nothing to ask", () => ["probe", at("probe.ps1")], 1],
    ["probe: a store that is missing", () => ["probe", at("probe.ps1"), "--store", "nobody"], 3],
    ["probe: a file that cannot be written", () => ["probe", at(path.join("nowhere", "probe.ps1"))], 1],
    ["probe: another file", () => ["probe", "--import", at("rules.json"), "--plan"], 1],
    ["probe: a result that is missing", () => ["probe", "--import", at("missing.json")], 3],
    ["script: done", () => ["script", at("apply.ps1"), "--undo"], 0],
    ["script: a store that is missing", () => ["script", at("apply.ps1"), "--store", "nobody"], 3],
    ["script: a file that cannot be written", () => ["script", at(path.join("nowhere", "apply.ps1"))], 1],
    ["diagnostics: done", () => ["diagnostics", at("case.zip")], 0],
    ["diagnostics: with names", () => ["diagnostics", at("case.zip"), "--names"], 0],
    ["diagnostics: what would go in", () => ["diagnostics", "--plan"], 0],
    ["diagnostics: no file", () => ["diagnostics"], 2],
    ["diagnostics: a file that cannot be written", () => ["diagnostics", at(path.join("nowhere", "case.zip"))], 1],
  ];
}
