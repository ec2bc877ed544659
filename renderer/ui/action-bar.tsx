/** The bar of buttons below a form. It stays in sight at the lower edge of its page, except where that would leave the page no room. */
import { makeStyles, tokens } from "@fluentui/react-components";
import type { ReactNode } from "react";
import { SMALL_WINDOW } from "./small-window.ts";

// The negative margins take it to the edges of the page, over the padding around its content.
const useStyles = makeStyles({
  bar: {
    position: "sticky",
    bottom: "-24px",
    zIndex: 2,
    display: "flex",
    flexWrap: "wrap",
    alignItems: "center",
    gap: "8px",
    margin: "auto -24px -24px",
    padding: "10px 24px",
    backgroundColor: tokens.colorNeutralBackground1,
    borderTop: `1px solid ${tokens.colorNeutralStroke2}`,
    [SMALL_WINDOW]: { position: "static", margin: "auto -12px -12px", padding: "10px 12px" },
  },
});

export function ActionBar({ children }: { readonly children: ReactNode }) {
  return (
    <div data-covers className={useStyles().bar}>
      {children}
    </div>
  );
}
