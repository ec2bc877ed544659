/** A container by its distinguished name: typed, or chosen from the directory's tree. */
import { Button, Field, Input, makeStyles, tokens } from "@fluentui/react-components";
import { ChevronDownRegular, ChevronRightRegular, FolderRegular, GlobeRegular, OrganizationRegular } from "@fluentui/react-icons";
import { useCallback, useEffect, useRef, useState, type KeyboardEvent, type MouseEvent } from "react";
import type { Fault } from "../../../shared/fault.ts";
import type { Container } from "../../../shared/model/mail-plan.ts";
import { ask } from "../../host/ask.ts";
import { client } from "../../host/client.ts";
import { say } from "../../text/text.ts";
import { announce } from "../../ui/announce.ts";
import { DelayedLoading } from "../../ui/delayed-loading.tsx";
import { ErrorBox } from "../../ui/error-box.tsx";
import { treeMove, treeRows, type Levels, type TreeRow } from "./container-tree.ts";
import { TREE, treeItem } from "./tree-roles.ts";

const useStyles = makeStyles({
  root: { display: "flex", flexDirection: "column", gap: "8px", minWidth: "0" },
  row: { display: "flex", flexWrap: "wrap", gap: "8px" },
  box: { flexGrow: 1, minWidth: "min(220px, 100%)" },
  tree: {
    padding: "4px",
    maxHeight: "260px",
    overflowY: "auto",
    borderRadius: tokens.borderRadiusMedium,
    border: `1px solid ${tokens.colorNeutralStroke1}`,
  },
  item: {
    display: "flex",
    alignItems: "center",
    gap: "6px",
    minHeight: "28px",
    paddingRight: "8px",
    borderRadius: tokens.borderRadiusMedium,
    cursor: "pointer",
    overflowWrap: "anywhere",
    ":hover": { backgroundColor: tokens.colorNeutralBackground1Hover },
    ":focus-visible": { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: "-2px" },
    '&[aria-selected="true"]': { backgroundColor: tokens.colorNeutralBackground1Selected, fontWeight: tokens.fontWeightSemibold, "@media (forced-colors: active)": { outline: "1px solid Highlight", outlineOffset: "-1px" } },
  },
  chevron: { display: "flex", width: "20px", flexShrink: 0 },
  icon: { display: "flex", flexShrink: 0, color: tokens.colorNeutralForeground2 },
});

const ICONS = { domain: <GlobeRegular />, "organizational-unit": <OrganizationRegular />, container: <FolderRegular /> } as const;

interface Tree {
  readonly rows: readonly TreeRow[];
  readonly ready: boolean;
  readonly fault: Fault | null;
  readonly open: (dn: string) => void;
  readonly close: (dn: string) => void;
  readonly again: () => void;
}

/** Asks for a level when it is first opened. */
function useTree(storeId: string): Tree {
  const [levels, setLevels] = useState<Levels>(new Map());
  const [opened, setOpened] = useState<ReadonlySet<string>>(new Set());
  const [fault, setFault] = useState<Fault | null>(null);
  const stop = useRef(new AbortController());
  const load = useCallback(
    async (from: string | null) => {
      const { signal } = stop.current;
      async function level(parent: string | null): Promise<void> {
        const answer = await ask(() => client().mailObjects.containers({ storeId, parent }, { signal }), signal);
        if (signal.aborted) return;
        setFault(answer.ok ? null : answer.fault);
        if (!answer.ok) {
          setOpened((before) => new Set([...before].filter((dn) => dn !== parent)));
          return;
        }
        setLevels((before) => new Map(before).set(parent, answer.value));
        // A lone domain has nothing to choose beside it.
        const [only, ...more] = answer.value;
        if (parent !== null || only === undefined || more.length > 0 || !only.hasChildren) return;
        setOpened((before) => new Set(before).add(only.dn));
        await level(only.dn);
      }
      await level(from);
    },
    [storeId],
  );
  useEffect(() => {
    stop.current = new AbortController();
    void load(null);
    return () => stop.current.abort();
  }, [load]);
  const open = (dn: string) => {
    setOpened((before) => new Set(before).add(dn));
    if (!levels.has(dn)) void load(dn);
  };
  const close = (dn: string) => setOpened((before) => new Set([...before].filter((one) => one !== dn)));
  return { rows: treeRows(levels, opened), ready: levels.has(null), fault, open, close, again: () => void load(null) };
}

function ContainerTree({ storeId, value, onChoose }: { readonly storeId: string; readonly value: string; readonly onChoose: (container: Container) => void }) {
  const styles = useStyles();
  const { rows, ready, fault, open, close, again } = useTree(storeId);
  const [focused, setFocused] = useState<string | null>(null);
  const list = useRef<HTMLDivElement | null>(null);
  const same = (dn: string) => dn.toLowerCase() === value.trim().toLowerCase();
  const stop = rows.find(({ container }) => container.dn === focused) ?? rows.find(({ container }) => same(container.dn)) ?? rows[0];
  const goTo = (dn: string) => {
    setFocused(dn);
    [...(list.current?.querySelectorAll<HTMLElement>("[data-dn]") ?? [])].find((item) => item.dataset["dn"] === dn)?.focus();
  };
  const choose = (container: Container) => {
    onChoose(container);
    announce(say("mail-objects.tree-chosen", { name: container.name }));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (stop === undefined || event.ctrlKey || event.altKey || event.metaKey) return;
    const move = treeMove(event.key, rows, stop.container.dn);
    if (move === null) return;
    event.preventDefault();
    event.stopPropagation();
    if (move.do === "focus") goTo(move.dn);
    else if (move.do === "open") open(move.dn);
    else if (move.do === "close") close(move.dn);
    else if (move.do === "choose") choose(stop.container);
  };
  const tree = { ...TREE, onKeyDown };
  const itemOf = (row: TreeRow) => ({
    ...treeItem(row, same(row.container.dn)),
    tabIndex: row === stop ? 0 : -1,
    onFocus: () => setFocused(row.container.dn),
    onClick: () => choose(row.container),
  });
  // For the mouse: the keyboard opens and closes with the arrow keys.
  const chevronOf = ({ container: { hasChildren, dn }, expanded }: TreeRow) => ({
    "aria-hidden": true,
    onClick: (event: MouseEvent) => {
      if (!hasChildren) return;
      event.stopPropagation();
      if (expanded) close(dn);
      else open(dn);
    },
  });
  return (
    <>
      {fault !== null && (
        <ErrorBox fault={fault}>
          <Button size="small" onClick={again}>
            {say("ui.retry")}
          </Button>
        </ErrorBox>
      )}
      {fault !== null && !ready && <p>{say("mail-objects.tree-away")}</p>}
      {!ready && fault === null && <DelayedLoading label={say("mail-objects.tree-loading")} />}
      {ready && rows.length === 0 && <p>{say("mail-objects.tree-empty")}</p>}
      {rows.length > 0 && (
        <div ref={list} {...tree} className={styles.tree} aria-label={say("mail-objects.tree")}>
          {rows.map((row) => (
            <div key={row.container.dn} {...itemOf(row)} className={styles.item} style={{ paddingLeft: `${(row.level - 1) * 18 + 2}px` }} data-dn={row.container.dn}>
              <span {...chevronOf(row)} className={styles.chevron}>
                {row.container.hasChildren && (row.expanded ? <ChevronDownRegular /> : <ChevronRightRegular />)}
              </span>
              <span className={styles.icon} aria-hidden="true">
                {ICONS[row.container.kind]}
              </span>
              {row.container.name}
            </div>
          ))}
        </div>
      )}
    </>
  );
}

interface ContainerPickerProps {
  readonly storeId: string;
  readonly label: string;
  readonly value: string;
  readonly problem: string | null;
  readonly required?: boolean;
  readonly onValue: (dn: string) => void;
}

export function ContainerPicker({ storeId, label, value, problem, required = false, onValue }: ContainerPickerProps) {
  const styles = useStyles();
  const [open, setOpen] = useState(false);
  return (
    <div className={styles.root}>
      <Field label={label} required={required} hint={say("mail-objects.container-hint")} {...(problem === null ? {} : { validationMessage: problem, validationState: "error" })}>
        <Input name="container" className={styles.box} spellCheck={false} autoComplete="off" maxLength={2048} value={value} onChange={(_event, data) => onValue(data.value)} />
      </Field>
      <div className={styles.row}>
        <Button size="small" aria-expanded={open} onClick={() => setOpen(!open)}>
          {say(open ? "mail-objects.container-close" : "mail-objects.container-choose")}
        </Button>
      </div>
      {open && <ContainerTree storeId={storeId} value={value} onChoose={({ dn }) => onValue(dn)} />}
    </div>
  );
}
