/** The aliases: pasted, typed, or out of a text file. */
import { Button, Field, Textarea, makeStyles, tokens } from "@fluentui/react-components";
import { useMemo, type ClipboardEvent } from "react";
import { useStore } from "zustand";
import { ask } from "../../host/ask.ts";
import { client } from "../../host/client.ts";
import { say } from "../../text/text.ts";
import { pickFile } from "../identity-stores/pick-file.ts";
import { aliasBenchState, fillIn, refuseFile } from "./bench-state.ts";
import { aliasesOf } from "./question.ts";
import { problemOf } from "./rule-fields.tsx";

const useStyles = makeStyles({
  wide: { "& .fui-Textarea.fui-Textarea": { maxWidth: "none" } },
  row: { display: "flex", flexWrap: "wrap", alignItems: "center", gap: "8px" },
  box: { fontFamily: tokens.fontFamilyMonospace, fontSize: tokens.fontSizeBase200, height: "116px" },
});

/** From this many characters on, the browser's own way of pasting stalls the window for seconds. */
const MUCH = 20_000;

function pasteMuch(event: ClipboardEvent<HTMLTextAreaElement>): void {
  const pasted = event.clipboardData.getData("text/plain");
  if (pasted.length < MUCH) return;
  event.preventDefault();
  const { value, selectionStart, selectionEnd } = event.currentTarget;
  fillIn({ aliases: value.slice(0, selectionStart) + pasted + value.slice(selectionEnd) });
}

async function readAliases(): Promise<void> {
  const held = await pickFile("aliases", ".txt,.csv,.lst");
  if (held.ok && held.value === null) return;
  const file = held.ok ? (held.value?.file ?? "") : "";
  const text = held.ok ? await ask(() => client().files.readText({ file })) : held;
  if (text.ok) fillIn({ aliases: text.value.replace(/^\ufeff/, "") });
  else refuseFile(text.fault);
}

export function AliasField() {
  const styles = useStyles();
  const aliases = useStore(aliasBenchState, (state) => state.form.aliases);
  const problem = useStore(aliasBenchState, (state) => state.problems.aliases);
  const count = useMemo(() => aliasesOf(aliases).length, [aliases]);
  return (
    <>
      <Field className={styles.wide} label={say("alias-bench.aliases-label")} hint={say("alias-bench.aliases-count", { count })} {...problemOf(problem)}>
        <Textarea
          name="aliases"
          resize="vertical"
          textarea={{ className: styles.box, wrap: "off" }}
          onPaste={pasteMuch}
          spellCheck={false}
          autoCapitalize="none"
          value={aliases}
          onChange={(_event, data) => fillIn({ aliases: data.value })}
        />
      </Field>
      <div className={styles.row}>
        <Button onClick={() => void readAliases()}>{say("alias-bench.file-choose")}</Button>
      </div>
    </>
  );
}
