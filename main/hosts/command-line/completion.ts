/** What may stand next on a command line, and the scripts that ask for it. */
import { optionsOf } from "./arguments.ts";
import { everywhere } from "./options.ts";
import type { Completion, OptionHelp, Verb, VerbForm } from "./verb.ts";

/** Words, the names of identity stores, or files, which the shell offers itself. */
export type Offer = readonly string[] | "stores" | "files";

/** What may follow `typed`, the words after the program's name; `option` says that one is being typed. */
export function offerAfter(typed: readonly string[], verbs: readonly Verb[], option: boolean): Offer {
  const known = verbs.flatMap(({ forms }) => forms).reduce<Readonly<Record<string, OptionHelp>>>((all, form) => ({ ...all, ...optionsOf(form) }), everywhere);
  const last = typed.at(-1) ?? "";
  const asked = last.startsWith("--") ? known[last.slice(2)] : undefined;
  if (asked !== undefined && asked.value !== null) return offerOf(asked.completes);
  const words = typed.filter((word, index) => !word.startsWith("-") && (known[typed[index - 1]?.slice(2) ?? ""]?.value ?? null) === null);
  const verb = verbs.find(({ name }) => name === words[0]);
  if (option) return optionNames(verb, words[1], typed);
  if (verb === undefined) return words.length === 0 || words[0] === "help" ? [...verbs.map(({ name }) => name), ...(words.length === 0 ? ["help"] : [])] : "files";
  return wordsAfter(verb, words.slice(1));
}

function offerOf(completes: Completion | undefined): Offer {
  if (completes === "store") return "stores";
  return completes === undefined || completes === "file" || completes === "folder" ? "files" : completes;
}

function formsOf(verb: Verb | undefined, word: string | undefined): readonly VerbForm[] {
  const chosen = verb?.forms.find(({ choice }) => choice === word);
  return chosen === undefined ? (verb?.forms ?? []).filter(({ choice }) => choice === null || choice.startsWith("--")) : [chosen];
}

function optionNames(verb: Verb | undefined, word: string | undefined, typed: readonly string[]): readonly string[] {
  const names = formsOf(verb, word).flatMap((form) => Object.keys(optionsOf(form)));
  return [...new Set([...names, ...Object.keys(everywhere)])].map((name) => `--${name}`).filter((name) => !typed.includes(name));
}

function wordsAfter(verb: Verb, words: readonly string[]): Offer {
  const chosen = verb.forms.find(({ choice }) => choice === words[0]);
  const form = chosen ?? verb.forms.find(({ choice }) => choice === null);
  const place = form?.words[chosen === undefined ? words.length : words.length - 1] ?? form?.words.at(-1);
  const offer = offerOf(place?.completes);
  if (words.length > 0) return offer;
  const choices = verb.forms.flatMap(({ choice }) => (choice === null || choice.startsWith("--") ? [] : [choice]));
  return choices.length > 0 ? choices : offer;
}

/** How the command line is started where no command of its name is on the path. */
export interface Started {
  readonly node: string;
  readonly script: string;
}

export function bashScript({ node, script }: Started): string {
  const quoted = (text: string) => `'${text.replaceAll("'", String.raw`'\''`)}'`;
  return `command -v messaging-console > /dev/null || messaging-console() { ${quoted(node)} ${quoted(script)} "$@"; }
_messaging_console() {
  local current=\${COMP_WORDS[COMP_CWORD]} typed=("\${COMP_WORDS[@]:1:COMP_CWORD-1}") open= line
  [[ $current == [\\"\\']* ]] && open=1
  [[ $current == '=' ]] && current=
  current=\${current#[\\"\\']}
  [[ $open ]] || current=\${current//\\\\/}
  COMPREPLY=()
  while IFS= read -r line; do
    [[ $open ]] || printf -v line %q "$line"
    COMPREPLY+=("$line")
  done < <(messaging-console completion words "--current=$current" "\${typed[@]/#/:}" 2> /dev/null)
}
complete -o default -F _messaging_console messaging-console
`;
}

export function powerShellScript({ node, script }: Started): string {
  const quoted = (text: string) => `'${text.replaceAll("'", "''")}'`;
  return `if (-not (Get-Command messaging-console -ErrorAction Ignore)) {
  function global:messaging-console {
    if ($MyInvocation.ExpectingInput) { $input | & ${quoted(node)} ${quoted(script)} @args } else { & ${quoted(node)} ${quoted(script)} @args }
  }
}
Register-ArgumentCompleter -Native -CommandName messaging-console -ScriptBlock {
  param($wordToComplete, $commandAst, $cursorPosition)
  $typed = @($commandAst.CommandElements | Select-Object -Skip 1 | Where-Object { $_.Extent.EndOffset -lt $cursorPosition } | ForEach-Object {
      if ($_ -is [System.Management.Automation.Language.StringConstantExpressionAst]) { ':' + $_.Value } else { ':' + $_.Extent.Text } })
  $current = ([string]$wordToComplete).Trim([char[]]@(34, 39))
  $encoding = [Console]::OutputEncoding
  try {
    [Console]::OutputEncoding = [Text.UTF8Encoding]::new()
    $offered = @(messaging-console completion words "--current=$current" @typed 2>$null)
  } finally { [Console]::OutputEncoding = $encoding }
  foreach ($name in $offered) {
    $text = if ($name -match '^[\\w.-]+$') { $name } else { "'" + $name.Replace("'", "''") + "'" }
    [System.Management.Automation.CompletionResult]::new($text, $name, 'ParameterValue', $name)
  }
}
`;
}
