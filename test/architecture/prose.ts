/**
 * Sentences a person reads are in renderer/text alone: main and shared hold keys and values. Used by the lint rule
 * `house/prose` (house-plugin.ts), which runs in `npm run lint`.
 */

/** A syntax node as the linter hands it over, as far as it matters here. */
export interface TextNode {
  readonly type: string;
  readonly value?: unknown;
  readonly quasis?: readonly { readonly value: { readonly cooked: string } }[];
  readonly callee?: TextNode;
  readonly object?: TextNode;
  readonly property?: TextNode;
  readonly name?: string;
  readonly key?: TextNode;
  readonly parent?: TextNode;
}

/** Whose texts people read nowhere, or may read: each with the reason. */
const spared: readonly (readonly [folder: string, why: string])[] = [
  ["main/hosts/command-line/", "usage, help and headings of tables are the command line's own"],
  ["main/practice/", "says what the real directories and clouds say"],
  ["main/powershell/", "PowerShell's language"],
  ["main/hosts/shared/dpapi.ts", "PowerShell's language"],
  ["main/policy/", "names of the registry"],
  ["main/hosts/shared/data-directory.ts", "names of folders"],
  ["main/store/values-for-words.ts", "the words that the first version stored"],
];

/** A word with a capital letter and another word behind it. */
const SENTENCE = /^\s*\p{Lu}\p{Ll}+(?:['’-]\p{L}+)*[,:]? (?:\S+ )*\p{L}/u;
/** Names of properties whose values are shown. */
const SHOWN = new Set(["label", "hint", "title", "text", "description", "sentence"]);
const CAPITAL = /^\p{Lu}\p{Ll}/u;

function textOf(node: TextNode): string | null {
  if (node.type === "Literal") return typeof node.value === "string" ? node.value : null;
  return node.type === "TemplateLiteral" ? (node.quasis ?? []).map(({ value }) => value.cooked).join("…") : null;
}

/** Errors are bugs and logs are for whoever mends them: both may speak. */
function isForDevelopers({ parent }: TextNode): boolean {
  if (parent?.type === "NewExpression") return /(?:Error|Failed|Row)$/.test(parent.callee?.name ?? "");
  if (parent?.type !== "CallExpression") return false;
  const { callee } = parent;
  if (callee?.type === "Super") return true;
  return callee?.type === "MemberExpression" && callee.object?.name === "logger";
}

/** Why a text in `file` (relative to the root, with forward slashes) is not for main or shared; null when it may stand. */
export function proseIn(file: string, node: TextNode): string | null {
  if (!/^(?:main|shared)\//.test(file) || spared.some(([folder]) => file.startsWith(folder))) return null;
  const text = textOf(node);
  if (text === null || isForDevelopers(node)) return null;
  const key = node.parent?.type === "Property" ? (node.parent.key?.name ?? "") : "";
  const isShown = SHOWN.has(key) && CAPITAL.test(text);
  return isShown || SENTENCE.test(text) ? `"${text}" is a text for people: keep a key here and say it in renderer/text` : null;
}
