/** The list that is judged in place of typed aliases: its file, the column of a CSV, and the way to take it away. */
import { Button, Field, Input, makeStyles, tokens } from "@fluentui/react-components";
import { DocumentTableRegular } from "@fluentui/react-icons";
import type { HeldFile } from "../../../shared/contract/files.ts";
import { useStore } from "zustand";
import { formatSize } from "../../text/format.ts";
import { say } from "../../text/text.ts";
import { aliasList, nameColumn } from "./list-state.ts";

const useStyles = makeStyles({
  root: { display: "flex", flexWrap: "wrap", alignItems: "flex-start", gap: "12px 24px" },
  file: { display: "flex", alignItems: "center", gap: "8px", minWidth: "0", overflowWrap: "anywhere", paddingTop: "26px" },
  icon: { display: "flex", fontSize: "20px", flexShrink: 0 },
  quiet: { color: tokens.colorNeutralForeground2 },
  column: { width: "240px" },
});

interface ListFieldProps {
  readonly file: HeldFile;
  readonly onRemove: () => void;
}

export function ListField({ file, onRemove }: ListFieldProps) {
  const styles = useStyles();
  const column = useStore(aliasList, (state) => state.column);
  const hasColumns = /\.[ct]sv$/i.test(file.name);
  return (
    <div className={styles.root}>
      <span className={styles.file}>
        <span className={styles.icon} aria-hidden="true">
          <DocumentTableRegular />
        </span>
        <span>
          {file.name} <span className={styles.quiet}>{formatSize(file.size)}</span>
        </span>
        <Button size="small" aria-label={say("alias-bench.list-remove-of", { name: file.name })} onClick={onRemove}>
          {say("alias-bench.list-remove")}
        </Button>
      </span>
      {hasColumns && (
        <Field className={styles.column} label={say("alias-bench.list-column")} hint={say("alias-bench.list-column-hint")}>
          <Input name="column" spellCheck={false} autoComplete="off" maxLength={255} value={column} onChange={(_event, data) => nameColumn(data.value)} />
        </Field>
      )}
    </div>
  );
}
