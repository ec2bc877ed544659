/** How many rows there are of each kind. */
import { makeStyles } from "@fluentui/react-components";

const useStyles = makeStyles({ counts: { listStyleType: "none", margin: "0", padding: "0", display: "flex", flexWrap: "wrap", columnGap: "20px", rowGap: "4px" } });

export function Counts({ label, lines }: { readonly label: string; readonly lines: readonly string[] }) {
  const styles = useStyles();
  return (
    <ul className={styles.counts} aria-label={label}>
      {lines.map((line) => (
        <li key={line}>{line}</li>
      ))}
    </ul>
  );
}
