/**
 * What an administrator manages: each policy's name, what it does, and what holds where it cannot be understood. The English
 * templates for Group Policy say the same (`build/policy-templates`).
 */
import type { PolicyName } from "../../../shared/model/policy.ts";

const titles = {
  "title-Contact": "Whom to ask",
  "title-CheckInterval": "Seconds between checks of a server",
  "title-Proxy": "Web proxy to the clouds",
  "title-Theme": "Theme",
  "title-NoPractice": "No practice organisation",
  "title-NoKeyFile": "No key in a file",
  "title-NoSecretsInExports": "No secrets in handover files",
  "title-JobsCreateAtMost": "Objects a job may create in a run",
  "title-JobsEnableAtMost": "Objects a job may mail-enable in a run",
  "title-JobsLicenseAtMost": "Users a job may license in a run",
  "title-JobsUnlicenseAtMost": "Users a job may take licences from in a run",
  "title-JobsBlockAtMost": "Users a job may block in a run",
  "title-JobsDeleteAtMost": "Objects a job may delete in a run",
} as const satisfies Record<`title-${PolicyName}`, string>;

const holds = "A run that would do more is held before its first write, whatever the limits of the job say.";
const holdsAll = "A value that cannot be understood lets no job do any of it.";

const effects = {
  "effect-Contact": "Shown wherever something is managed, such as the name and telephone number of a help desk. A value that cannot be understood shows nothing.",
  "effect-CheckInterval": "Each server is checked at this distance. From 5 to 3600. A value that cannot be understood leaves it at 10 seconds.",
  "effect-Proxy":
    "The way to Office 365 and Google Workspace: none for the direct way, environment for what HTTPS_PROXY and NO_PROXY say, nowhere to reach no cloud at all, or an address such as http://proxy.contoso.com:8080. With a value that cannot be understood no cloud is reached.",
  "effect-Theme": "How the console looks: system, light or dark. A value that cannot be understood leaves it to the system.",
  "effect-NoPractice": "The practice organisation cannot be opened. A value that cannot be understood forbids it as well.",
  "effect-NoKeyFile":
    "The key that seals secrets is never kept in a file, and one that lies in a file opens nothing. Where the system protects no key, no secret can be stored. A value that cannot be understood forbids it as well.",
  "effect-NoSecretsInExports": "Handover files carry no passwords, keys and certificates, sealed or not. A value that cannot be understood forbids them as well.",
  "effect-JobsCreateAtMost": `${holds} ${holdsAll}`,
  "effect-JobsEnableAtMost": `${holds} ${holdsAll}`,
  "effect-JobsLicenseAtMost": `${holds} ${holdsAll}`,
  "effect-JobsUnlicenseAtMost": `${holds} ${holdsAll}`,
  "effect-JobsBlockAtMost": `${holds} ${holdsAll}`,
  "effect-JobsDeleteAtMost": `${holds} ${holdsAll}`,
} as const satisfies Record<`effect-${PolicyName}`, string>;

export const policies = {
  ...titles,
  ...effects,
  managed: "Managed by your organisation",
  "managed-contact": "Managed by your organisation. Ask: {{contact}}",
  intro: "An administrator decides these for this computer or your account. They were read when the console started and cannot be changed here.",
  refused: "This is managed by your organisation: {{policy}}.",
  "refused-next": "Ask whoever manages this computer.",
  "refused-contact-next": "Ask whoever manages this computer: {{contact}}.",
  "detail-policy": "Policy {{name}}",
  "problem-wrong-value": "The policy {{name}} has a value that cannot be understood, so the strictest one holds.",
  "problem-unreadable": "The policies ({{from}}) cannot be read, so the strictest value of each holds.",
  "problem-unknown": "{{name}} stands among the policies ({{from}}) and is none that this version knows.",
  "from-machine": "for this computer",
  "from-user": "for your account",
  "from-file": "in policy.json",
  on: "On",
  off: "Off",
} as const;
