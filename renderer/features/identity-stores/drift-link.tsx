/** What of an identity store differs from what is saved, and the way to the comparison. */
import { Link, makeStyles, tokens } from "@fluentui/react-components";
import type { MouseEvent } from "react";
import type { Drift } from "../../../shared/model/drift.ts";
import { followLink } from "../../stores/follow-link.ts";
import { addressOf } from "../../stores/routes.ts";
import { driftWords } from "../../text/comparison.ts";
import { say } from "../../text/text.ts";

const useStyles = makeStyles({ drift: { color: tokens.colorPaletteDarkOrangeForeground1, fontSize: tokens.fontSizeBase200, textAlign: "start" } });

interface DriftLinkProps {
  readonly id: string;
  readonly name: string;
  readonly drift: Drift;
  readonly tabIndex: 0 | -1;
  /** The link is about to be followed here. */
  readonly onOpen: (id: string) => void;
}

export function DriftLink({ id, name, drift, tabIndex, onOpen }: DriftLinkProps) {
  const styles = useStyles();
  const words = driftWords(drift);
  const route = { page: "store", id, section: "compare", right: "directory" } as const;
  const follow = (event: MouseEvent) => {
    onOpen(id);
    followLink(event, route);
  };
  return (
    <Link className={styles.drift} tabIndex={tabIndex} href={addressOf(route)} aria-label={say("comparison.drift-of", { name, drift: words })} onClick={follow} onAuxClick={follow}>
      {words}
    </Link>
  );
}
