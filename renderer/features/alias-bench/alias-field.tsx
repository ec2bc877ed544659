/** The aliases: typed or pasted, or a list of any length out of a file. */
import { Button, Field, Textarea, makeStyles, tokens } from "@fluentui/react-components";
import { useMemo, useRef, type ClipboardEvent } from "react";
import { useStore } from "zustand";
import { say } from "../../text/text.ts";
import { useDroppedFile } from "../certificate-bench/use-dropped-file.ts";
import { pickFile } from "../identity-stores/pick-file.ts";
import { aliasBenchState, fillIn } from "./bench-state.ts";
import { ListField } from "./list-field.tsx";
import { aliasList, removeList, sendList, takeList } from "./list-state.ts";
import { aliasesOf, MOST_ALIASES } from "./question.ts";
import { problemOf } from "./rule-fields.tsx";

const useStyles = makeStyles({
  wide: { "& .fui-Textarea.fui-Textarea": { maxWidth: "none" } },
  row: { display: "flex", flexWrap: "wrap", alignItems: "center", gap: "8px" },
  hint: { color: tokens.colorNeutralForeground2 },
  box: { fontFamily: tokens.fontFamilyMonospace, fontSize: tokens.fontSizeBase200, height: "116px" },
});

/** From this many characters on, the browser's own way of pasting stalls the window for seconds. */
const MUCH = 20_000;

/** What is more than the box takes is a list like one out of a file. */
function pasteMuch(event: ClipboardEvent<HTMLTextAreaElement>): void {
  const pasted = event.clipboardData.getData("text/plain");
  if (pasted.length < MUCH) return;
  event.preventDefault();
  const { value, selectionStart, selectionEnd } = event.currentTarget;
  const aliases = value.slice(0, selectionStart) + pasted + value.slice(selectionEnd);
  if (aliasesOf(aliases).length <= MOST_ALIASES) fillIn({ aliases });
  else void sendList(new File([aliases], say("alias-bench.list-pasted"))).then(takeList);
}

function TypedAliases() {
  const styles = useStyles();
  const aliases = useStore(aliasBenchState, (state) => state.form.aliases);
  const problem = useStore(aliasBenchState, (state) => state.problems.aliases);
  const count = useMemo(() => aliasesOf(aliases).length, [aliases]);
  return (
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
  );
}

export function AliasField() {
  const styles = useStyles();
  const file = useStore(aliasList, (state) => state.file);
  const choose = useRef<HTMLButtonElement | null>(null);
  const over = useDroppedFile((dropped) => void sendList(dropped).then(takeList));
  const remove = () => {
    choose.current?.focus();
    removeList();
  };
  return (
    <>
      {file === null ? <TypedAliases /> : <ListField file={file} onRemove={remove} />}
      <div className={styles.row}>
        <Button
          ref={(element: HTMLButtonElement | null) => {
            choose.current = element;
          }}
          onClick={() => void pickFile("aliases", ".txt,.csv,.tsv,.lst", sendList).then(takeList)}
        >
          {say("alias-bench.file-choose")}
        </Button>
        <span className={styles.hint}>{say(over ? "alias-bench.file-drop-now" : "alias-bench.file-hint")}</span>
      </div>
    </>
  );
}
