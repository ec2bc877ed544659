/** The label of a choice with its plain words below its name. */
import { makeStyles, tokens } from "@fluentui/react-components";

const useStyles = makeStyles({
  name: { color: tokens.colorNeutralForeground1 },
  hint: { display: "block", color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200, lineHeight: tokens.lineHeightBase200 },
});

export function OptionLabel({ name, hint }: { readonly name: string; readonly hint: string }) {
  const styles = useStyles();
  return (
    <span className={styles.name}>
      {name}
      <span className={styles.hint}>{hint}</span>
    </span>
  );
}
