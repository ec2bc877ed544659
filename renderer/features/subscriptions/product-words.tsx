/** A product by its name, and below it the part number, which scripts use. */
import { makeStyles, mergeClasses, tokens } from "@fluentui/react-components";
import { productName } from "../../text/product-names.ts";

const useStyles = makeStyles({
  product: { display: "flex", flexDirection: "column" },
  strong: { fontWeight: tokens.fontWeightSemibold },
  partNumber: { fontFamily: tokens.fontFamilyMonospace, fontSize: tokens.fontSizeBase200, color: tokens.colorNeutralForeground2 },
});

interface ProductWordsProps {
  readonly partNumber: string;
  /** As the head of a row. */
  readonly strong?: boolean;
}

/** The part number alone where no name is known. */
export function ProductWords({ partNumber, strong = false }: ProductWordsProps) {
  const styles = useStyles();
  const name = productName(partNumber);
  return (
    <span className={styles.product}>
      {name !== null && <span className={mergeClasses(strong && styles.strong)}>{name}</span>}
      <span className={styles.partNumber}>{partNumber}</span>
    </span>
  );
}
