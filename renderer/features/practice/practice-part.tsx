/** One part of the practice organisation: its state in shape and word, and its verbs. */
import { Button, Menu, MenuItem, MenuList, MenuPopover, MenuTrigger, makeStyles, tokens } from "@fluentui/react-components";
import { MoreHorizontalRegular } from "@fluentui/react-icons";
import type { PracticeComponent } from "../../../shared/contract/practice.ts";
import { partWords, stateWord, verbWord } from "../../text/practice.ts";
import { say } from "../../text/text.ts";
import { HealthShape } from "../../ui/health-shape.tsx";

/** Verbs worth a button of their own; the others are in the menu. */
const FIRST: readonly string[] = ["up", "down", "drain", "wrong-password"];
const BUTTONS = 2;
const useStyles = makeStyles({
  part: { padding: "8px 0", borderBottom: `1px solid ${tokens.colorNeutralStroke2}`, display: "flex", flexDirection: "column", gap: "6px" },
  head: { display: "flex", alignItems: "baseline", gap: "8px" },
  words: { flexGrow: 1, minWidth: "0", display: "flex", flexWrap: "wrap", columnGap: "8px", alignItems: "baseline" },
  more: { color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
  label: { fontWeight: tokens.fontWeightSemibold, overflowWrap: "anywhere" },
  state: { display: "flex", alignItems: "center", gap: "5px", whiteSpace: "nowrap", color: tokens.colorNeutralForeground2 },
  verbs: { display: "flex", flexWrap: "wrap", gap: "6px" },
});

interface PracticePartProps {
  readonly part: PracticeComponent;
  readonly onVerb: (verb: string, target: string) => void;
}

export function PracticePart({ part, onVerb }: PracticePartProps) {
  const styles = useStyles();
  const { name, what } = partWords(part);
  const label = [name, what].filter((words) => words !== null).join(" · ");
  const possible = part.verbs.filter((verb) => verb !== part.state);
  const buttons = FIRST.filter((verb) => possible.includes(verb)).slice(0, BUTTONS);
  const others = possible.filter((verb) => !buttons.includes(verb));
  return (
    <li className={styles.part}>
      <div className={styles.head}>
        <span className={styles.words}>
          <span className={styles.label}>{name}</span>
          {what !== null && <span className={styles.more}>{what}</span>}
        </span>
        <span className={styles.state}>
          <HealthShape state={part.state === "up" ? "online" : "offline"} size={12} />
          {stateWord(part.state)}
        </span>
      </div>
      <div className={styles.verbs}>
        {buttons.map((verb) => (
          <Button key={verb} size="small" aria-label={say("practice.verb-of", { verb: verbWord(verb), label })} onClick={() => onVerb(verb, part.id)}>
            {verbWord(verb)}
          </Button>
        ))}
        {others.length > 0 && (
          // A cloud refuses in more ways than the window is high.
          <Menu positioning={{ autoSize: true }}>
            <MenuTrigger disableButtonEnhancement>
              <Button size="small" icon={<MoreHorizontalRegular />} aria-label={say("practice.more-of", { label })}>
                {say("practice.more")}
              </Button>
            </MenuTrigger>
            <MenuPopover>
              <MenuList>
                {others.map((verb) => (
                  <MenuItem key={verb} onClick={() => onVerb(verb, part.id)}>
                    {verbWord(verb)}
                  </MenuItem>
                ))}
              </MenuList>
            </MenuPopover>
          </Menu>
        )}
      </div>
    </li>
  );
}
