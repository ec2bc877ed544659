/** The ⋯ menu of a row. One menu serves the whole grid; it opens at the button that asked for it. */
import { Menu, MenuItem, MenuList, MenuPopover } from "@fluentui/react-components";
import { say } from "../../text/text.ts";

export interface ServerMenuProps {
  readonly target: HTMLElement;
  readonly paused: boolean;
  readonly movable: boolean;
  readonly onCheck: () => void;
  readonly onPause: (paused: boolean) => void;
  readonly onMove: () => void;
  readonly onCopy: () => void;
  readonly onClose: () => void;
}

export function ServerMenu({ target, paused, movable, onCheck, onPause, onMove, onCopy, onClose }: ServerMenuProps) {
  const close = () => {
    onClose();
    target.focus();
  };
  return (
    <Menu open inline positioning={{ target, position: "below", align: "end" }} onOpenChange={(_, data) => !data.open && close()}>
      <MenuPopover>
        <MenuList>
          <MenuItem onClick={onCheck}>{say("servers.check-now")}</MenuItem>
          <MenuItem onClick={() => onPause(!paused)}>{say(paused ? "servers.resume" : "servers.pause")}</MenuItem>
          {movable && <MenuItem onClick={onMove}>{say("servers.move-to")}</MenuItem>}
          <MenuItem onClick={onCopy}>{say("servers.copy-details")}</MenuItem>
        </MenuList>
      </MenuPopover>
    </Menu>
  );
}
