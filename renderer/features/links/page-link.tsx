/** A link in a text to another page of the console. */
import { Link } from "@fluentui/react-components";
import type { MouseEvent, ReactNode } from "react";
import { followLink } from "../../stores/follow-link.ts";
import { addressOf, type Route } from "../../stores/routes.ts";

interface PageLinkProps {
  readonly to: Route;
  /** Before the page is left, such as closing what the link stands in. */
  readonly onFollow?: () => void;
  readonly children: ReactNode;
}

export function PageLink({ to, onFollow, children }: PageLinkProps) {
  const follow = (event: MouseEvent) => {
    onFollow?.();
    followLink(event, to);
  };
  return (
    <Link href={addressOf(to)} onClick={follow} onAuxClick={follow}>
      {children}
    </Link>
  );
}
