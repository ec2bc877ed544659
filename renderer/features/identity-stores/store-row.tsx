/** One identity store: what it is, how its servers do, what ends next, and what can be done with it. */
import {
  Button,
  Link,
  Menu,
  MenuDivider,
  MenuItem,
  MenuList,
  MenuPopover,
  MenuTrigger,
  TableCell,
  TableRow,
  Tooltip,
  makeStyles,
  tokens,
} from "@fluentui/react-components";
import {
  CheckmarkCircleRegular,
  CircleHintRegular,
  CopyRegular,
  DeleteRegular,
  DocumentEditRegular,
  EditRegular,
  ErrorCircleRegular,
  HistoryRegular,
  MoreHorizontalRegular,
  QuestionCircleRegular,
  RenameRegular,
} from "@fluentui/react-icons";
import { memo, type MouseEvent } from "react";
import type { ConfigurationState, StoreSummary } from "../../../shared/model/identity-store.ts";
import type { Health } from "../../../shared/model/mail-server.ts";
import { followLink } from "../../stores/follow-link.ts";
import { navigate } from "../../stores/navigation.ts";
import { addressOf, type StoreSection } from "../../stores/routes.ts";
import { formatDate, formatDuration } from "../../text/format.ts";
import { expirySubject } from "../../text/expiry.ts";
import { entryName } from "../../text/provider.ts";
import { serversInWords, stateInWords } from "../../text/store-summary.ts";
import { say } from "../../text/text.ts";
import { HealthShape } from "../../ui/health-shape.tsx";
import { HostName } from "../../ui/host-name.tsx";
import { useNow } from "../../ui/use-now.ts";
import type { StoreQuestion } from "./store-dialogs.tsx";

const useStyles = makeStyles({
  cell: { paddingTop: "6px", paddingBottom: "6px", overflowWrap: "break-word" },
  name: { fontWeight: tokens.fontWeightSemibold, color: tokens.colorBrandForegroundLinkHover },
  quiet: { color: tokens.colorNeutralForeground2 },
  line: { display: "flex", alignItems: "center", gap: "6px" },
  lines: { display: "flex", flexDirection: "column" },
  icon: { display: "flex", fontSize: "16px", flexShrink: 0 },
  soon: { color: tokens.colorPaletteDarkOrangeForeground1, fontWeight: tokens.fontWeightSemibold, whiteSpace: "nowrap" },
  failed: { color: tokens.colorPaletteRedForeground1 },
  menu: { zIndex: 10 },
  fine: { color: tokens.colorPaletteGreenForeground1 },
});

/** Within the page's landmark, and not cut off by the table that scrolls. */
const BESIDE_THE_TABLE = { position: "below", align: "end", strategy: "fixed" } as const;

const SOON_MS = 30 * 86_400_000;

const STATE_ICONS = {
  "not-configured": CircleHintRegular,
  draft: DocumentEditRegular,
  saved: CheckmarkCircleRegular,
  "saved-untested": QuestionCircleRegular,
  "saved-with-failed-test": ErrorCircleRegular,
} as const satisfies Record<ConfigurationState, unknown>;

/** Of servers taken together: what is not known is not offline. */
function stateOfServers({ serversTotal: total, serversOnline: online, serversUnknown: unknown }: StoreSummary): Health["state"] {
  if (online === total) return "online";
  if (online + unknown === total) return "unknown";
  return online + unknown === 0 ? "offline" : "unstable";
}

function ProviderCell({ store }: { readonly store: StoreSummary }) {
  const styles = useStyles();
  if (store.messaging === null) return <span className={styles.quiet}>{say("identity-stores.provider-none")}</span>;
  return (
    <div className={styles.lines}>
      <span>{entryName(store.messaging)}</span>
      {store.serversTotal > 0 && (
        <span className={styles.line}>
          <HealthShape state={stateOfServers(store)} size={12} />
          {serversInWords(store)}
        </span>
      )}
    </div>
  );
}

function StateCell({ store }: { readonly store: StoreSummary }) {
  const styles = useStyles();
  const Icon = STATE_ICONS[store.state];
  const tone = store.state === "saved-with-failed-test" ? styles.failed : store.state === "saved" ? styles.fine : styles.quiet;
  return (
    <span className={styles.line}>
      <span className={`${styles.icon} ${tone}`} aria-hidden="true">
        <Icon />
      </span>
      {stateInWords(store)}
    </span>
  );
}

function NextCell({ store }: { readonly store: StoreSummary }) {
  const styles = useStyles();
  const now = useNow();
  const next = store.nextExpiry;
  if (next === null) return <span className={styles.quiet}>{say("identity-stores.next-none")}</span>;
  const date = formatDate(next.at);
  const text = next.at <= now ? say("identity-stores.next-ended", { date }) : formatDuration(next.at - now);
  return (
    <div className={styles.lines} title={`${expirySubject(next.kind, next.what)}, ${date}`}>
      <span>{say(`expiry.kind-${next.kind}`)}</span>
      <span className={next.at - now < SOON_MS ? styles.soon : styles.quiet}>{text}</span>
    </div>
  );
}

interface StoreRowProps {
  readonly store: StoreSummary;
  readonly onQuestion: (question: StoreQuestion) => void;
}

export const StoreRow = memo(function StoreRow({ store, onQuestion }: StoreRowProps) {
  const styles = useStyles();
  const open = (section: StoreSection) => void navigate({ page: "store", id: store.id, section });
  const follow = (event: MouseEvent) => followLink(event, { page: "store", id: store.id, section: "messaging-system" });
  return (
    <TableRow>
      <TableCell className={styles.cell}>
        <Link className={styles.name} href={addressOf({ page: "store", id: store.id, section: "messaging-system" })} onClick={follow} onAuxClick={follow}>
          {store.name}
        </Link>
      </TableCell>
      <TableCell className={styles.cell}>
        <Tooltip content={say(`identity-stores.kind-${store.kind}`)} relationship="description">
          <span>{say(`identity-stores.kind-short-${store.kind}`)}</span>
        </Tooltip>
      </TableCell>
      <TableCell className={styles.cell}>
        <HostName name={store.domain} />
      </TableCell>
      <TableCell className={styles.cell}>
        <ProviderCell store={store} />
      </TableCell>
      <TableCell className={styles.cell}>
        <StateCell store={store} />
      </TableCell>
      <TableCell className={styles.cell}>
        <NextCell store={store} />
      </TableCell>
      <TableCell>
        <Menu inline positioning={BESIDE_THE_TABLE}>
          <MenuTrigger disableButtonEnhancement>
            <Button appearance="subtle" size="small" icon={<MoreHorizontalRegular />} aria-label={say("identity-stores.actions-of", { name: store.name })} />
          </MenuTrigger>
          <MenuPopover className={styles.menu}>
            <MenuList>
              <MenuItem icon={<EditRegular />} onClick={() => open("messaging-system")}>
                {say("identity-stores.edit")}
              </MenuItem>
              <MenuItem icon={<RenameRegular />} onClick={() => onQuestion({ about: "rename", store })}>
                {say("identity-stores.rename")}
              </MenuItem>
              <MenuItem icon={<CopyRegular />} onClick={() => onQuestion({ about: "duplicate", store })}>
                {say("identity-stores.duplicate")}
              </MenuItem>
              <MenuItem icon={<HistoryRegular />} onClick={() => open("history")}>
                {say("identity-stores.history")}
              </MenuItem>
              <MenuDivider />
              <MenuItem icon={<DeleteRegular />} onClick={() => onQuestion({ about: "delete", store })}>
                {say("identity-stores.delete")}
              </MenuItem>
            </MenuList>
          </MenuPopover>
        </Menu>
      </TableCell>
    </TableRow>
  );
});
