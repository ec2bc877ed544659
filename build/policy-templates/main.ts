/** Writes the templates for Group Policy. `npm run policy-templates [folder]`; without a folder into dist/policy-templates. */
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { policyDefinitions, policyResources } from "./templates.ts";
import { templateWords } from "./words.ts";

const NAME = "MessagingConsole";
const folder = path.resolve(process.argv[2] ?? path.join(import.meta.dirname, "../../dist/policy-templates"));

mkdirSync(folder, { recursive: true });
writeFileSync(path.join(folder, `${NAME}.admx`), policyDefinitions());
for (const words of templateWords) {
  const ofLanguage = path.join(folder, words.language);
  mkdirSync(ofLanguage, { recursive: true });
  writeFileSync(path.join(ofLanguage, `${NAME}.adml`), policyResources(words));
}
process.stdout.write(`${folder}\n`);
