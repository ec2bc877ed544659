/** The menu of a row. One serves the whole grid; it opens at what asked for it. */
import { Menu, MenuDivider, MenuItem, MenuList, MenuPopover } from "@fluentui/react-components";
import { Fragment } from "react";
import { useGridStyles } from "./grid-styles.ts";
import type { RowAction } from "./types.ts";

interface RowMenuProps {
  readonly target: HTMLElement;
  readonly actions: readonly RowAction[];
  /** Called before the chosen action begins, so that what it opens knows where the focus was. */
  readonly onClose: () => void;
}

export function RowMenu({ target, actions, onClose }: RowMenuProps) {
  const styles = useGridStyles();
  // Not cut off by what scrolls; where the window has less room than it, it scrolls itself.
  const positioning = { target, position: "below", align: "end", strategy: "fixed", autoSize: "height" } as const;
  return (
    <Menu open inline positioning={positioning} onOpenChange={(_event, data) => !data.open && onClose()}>
      <MenuPopover className={styles.menu}>
        <MenuList>
          {actions.map(({ id, label, icon, apart, onChoose }) => (
            <Fragment key={id}>
              {apart && <MenuDivider />}
              <MenuItem
                {...(icon === undefined ? {} : { icon })}
                onClick={() => {
                  onClose();
                  onChoose();
                }}
              >
                {label}
              </MenuItem>
            </Fragment>
          ))}
        </MenuList>
      </MenuPopover>
    </Menu>
  );
}
