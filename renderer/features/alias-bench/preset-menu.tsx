/** Rules of well-known mail systems, to begin with. */
import { Menu, MenuButton, MenuItem, MenuList, MenuPopover, MenuTrigger } from "@fluentui/react-components";
import { aliasPresetIds, type AliasPresetId } from "../../../shared/rules/alias-preset-ids.ts";
import { say } from "../../text/text.ts";

interface PresetMenuProps {
  readonly onChoose: (id: AliasPresetId) => void;
  readonly disabled?: boolean;
}

export function PresetMenu({ onChoose, disabled = false }: PresetMenuProps) {
  return (
    <Menu positioning={{ autoSize: true }}>
      <MenuTrigger disableButtonEnhancement>
        <MenuButton disabled={disabled}>{say("alias-bench.presets")}</MenuButton>
      </MenuTrigger>
      <MenuPopover>
        <MenuList>
          {aliasPresetIds.map((id) => (
            <MenuItem key={id} subText={say(`alias-bench.preset-${id}-hint`)} onClick={() => onChoose(id)}>
              {say(`alias-bench.preset-${id}`)}
            </MenuItem>
          ))}
        </MenuList>
      </MenuPopover>
    </Menu>
  );
}
