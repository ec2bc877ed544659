/** What the templates for Group Policy say, by language: in English what the console itself says. */
import { policies } from "../../renderer/text/english/policies.ts";
import type { Policies, PolicyName } from "../../shared/model/policy.ts";

export interface TemplateWords {
  /** As the folder of the language is called. */
  readonly language: string;
  readonly category: string;
  readonly supported: string;
  readonly description: string;
  /** Name and explanation of each policy. */
  readonly policies: Readonly<Record<PolicyName, readonly [title: string, effect: string]>>;
  readonly themes: Readonly<Record<Policies["Theme"], string>>;
}

function inEnglish(name: PolicyName): readonly [title: string, effect: string] {
  return [policies[`title-${name}`], policies[`effect-${name}`]];
}

const english: TemplateWords = {
  language: "en-US",
  category: "Messaging Console",
  supported: "Messaging Console 0.1 or later",
  description: "Settings of Messaging Console that an administrator manages.",
  policies: {
    Contact: inEnglish("Contact"),
    CheckInterval: inEnglish("CheckInterval"),
    Proxy: inEnglish("Proxy"),
    Theme: inEnglish("Theme"),
    NoPractice: inEnglish("NoPractice"),
    NoKeyFile: inEnglish("NoKeyFile"),
    NoSecretsInExports: inEnglish("NoSecretsInExports"),
    JobsCreateAtMost: inEnglish("JobsCreateAtMost"),
    JobsEnableAtMost: inEnglish("JobsEnableAtMost"),
    JobsLicenseAtMost: inEnglish("JobsLicenseAtMost"),
    JobsUnlicenseAtMost: inEnglish("JobsUnlicenseAtMost"),
    JobsBlockAtMost: inEnglish("JobsBlockAtMost"),
    JobsDeleteAtMost: inEnglish("JobsDeleteAtMost"),
  },
  themes: { system: "Same as the system", light: "Light", dark: "Dark" },
};

const limit =
  "Ein Lauf, der mehr täte, wird vor dem ersten Schreiben angehalten, was immer die Grenzen des Auftrags sagen. Ist der Wert nicht zu verstehen, so tut kein Auftrag etwas davon.";

const german: TemplateWords = {
  language: "de-DE",
  category: "Messaging Console",
  supported: "Messaging Console 0.1 oder neuer",
  description: "Einstellungen von Messaging Console, die ein Administrator verwaltet.",
  policies: {
    Contact: ["Ansprechpartner", "Wird überall angezeigt, wo etwas verwaltet ist, etwa Name und Telefonnummer eines Helpdesks. Ist der Wert nicht zu verstehen, so wird nichts angezeigt."],
    CheckInterval: ["Sekunden zwischen zwei Prüfungen eines Servers", "In diesem Abstand wird jeder Server geprüft. Von 5 bis 3600. Ist der Wert nicht zu verstehen, so bleibt es bei 10 Sekunden."],
    Proxy: [
      "Webproxy zu den Clouds",
      "Der Weg zu Office 365 und Google Workspace: none für den direkten Weg, environment für das, was HTTPS_PROXY und NO_PROXY sagen, nowhere, damit keine Cloud erreicht wird, oder eine Adresse wie http://proxy.contoso.com:8080. Ist der Wert nicht zu verstehen, so wird keine Cloud erreicht.",
    ],
    Theme: ["Design", "Das Aussehen der Konsole: wie das System, hell oder dunkel. Ist der Wert nicht zu verstehen, so entscheidet das System."],
    NoPractice: ["Keine Übungsorganisation", "Die Übungsorganisation lässt sich nicht öffnen. Ist der Wert nicht zu verstehen, so ist sie ebenfalls verboten."],
    NoKeyFile: [
      "Kein Schlüssel in einer Datei",
      "Der Schlüssel, der Geheimnisse versiegelt, liegt nie in einer Datei, und einer, der in einer Datei liegt, öffnet nichts. Wo das System keinen Schlüssel schützt, wird kein Geheimnis gespeichert. Ist der Wert nicht zu verstehen, so gilt das ebenfalls.",
    ],
    NoSecretsInExports: ["Keine Geheimnisse in Übergabedateien", "Übergabedateien enthalten weder Kennwörter noch Schlüssel noch Zertifikate, ob versiegelt oder nicht. Ist der Wert nicht zu verstehen, so gilt das ebenfalls."],
    JobsCreateAtMost: ["Objekte, die ein Auftrag in einem Lauf anlegen darf", limit],
    JobsEnableAtMost: ["Objekte, die ein Auftrag in einem Lauf für Mail aktivieren darf", limit],
    JobsLicenseAtMost: ["Benutzer, denen ein Auftrag in einem Lauf Lizenzen geben darf", limit],
    JobsUnlicenseAtMost: ["Benutzer, denen ein Auftrag in einem Lauf Lizenzen nehmen darf", limit],
    JobsBlockAtMost: ["Benutzer, die ein Auftrag in einem Lauf sperren darf", limit],
    JobsDeleteAtMost: ["Objekte, die ein Auftrag in einem Lauf löschen darf", limit],
  },
  themes: { system: "Wie das System", light: "Hell", dark: "Dunkel" },
};

export const templateWords: readonly TemplateWords[] = [english, german];
