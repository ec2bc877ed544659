/** A code that is read from the screen, by eyes as it stands and by a screen reader letter by letter. */
import { makeStyles, mergeClasses, tokens } from "@fluentui/react-components";

const useStyles = makeStyles({
  text: { margin: "0", fontFamily: tokens.fontFamilyMonospace, fontWeight: tokens.fontWeightSemibold, overflowWrap: "anywhere", color: tokens.colorNeutralForeground1 },
  large: { fontSize: "36px", lineHeight: "44px", letterSpacing: "0.08em" },
  unseen: { position: "absolute", width: "1px", height: "1px", overflow: "hidden", clipPath: "inset(50%)" },
});

/** `ABCDE-FGHJK` as `A, B, C, D, E; F, G, H, J, K`. */
export function letterByLetter(code: string): string {
  return code.split("-").map((group) => group.split("").join(", ")).join("; ");
}

export function Spelled({ text, large = false }: { readonly text: string; readonly large?: boolean }) {
  const styles = useStyles();
  return (
    <p className={mergeClasses(styles.text, large && styles.large)}>
      <span aria-hidden="true">{text}</span>
      <span className={styles.unseen}>{letterByLetter(text)}</span>
    </p>
  );
}
