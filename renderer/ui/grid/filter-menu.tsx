/** Filters in one menu: a group for each, a tick for each value that the rows have. */
import { Menu, MenuGroup, MenuGroupHeader, MenuItemCheckbox, MenuList, MenuPopover } from "@fluentui/react-components";
import { say } from "../../text/text.ts";
import { valuesOf } from "./arrange.ts";
import { useGridStyles } from "./grid-styles.ts";
import type { Chosen, GridFilter, GridRow } from "./types.ts";

interface FilterMenuProps {
  readonly target: HTMLElement;
  readonly rows: readonly GridRow[];
  readonly filters: readonly GridFilter<GridRow>[];
  readonly chosen: Chosen;
  readonly onChoose: (chosen: Chosen) => void;
  readonly onClose: () => void;
}

export function FilterMenu({ target, rows, filters, chosen, onChoose, onClose }: FilterMenuProps) {
  const styles = useGridStyles();
  const positioning = { target, position: "below", align: "start", strategy: "fixed", autoSize: "height" } as const;
  return (
    <Menu
      open
      inline
      persistOnItemClick
      positioning={positioning}
      checkedValues={Object.fromEntries(Object.entries(chosen).map(([name, values]) => [name, [...values]]))}
      onCheckedValueChange={(_event, { name, checkedItems }) => onChoose({ ...chosen, [name]: checkedItems })}
      onOpenChange={(_event, data) => !data.open && onClose()}
    >
      <MenuPopover className={styles.menu}>
        <MenuList>
          {filters.map((filter) => (
            <MenuGroup key={filter.id}>
              <MenuGroupHeader>{filter.title}</MenuGroupHeader>
              {valuesOf(rows, filter, chosen).map(({ value, words, count }) => (
                <MenuItemCheckbox key={value} name={filter.id} value={value}>
                  {say("ui.grid-filter-value", { words, count })}
                </MenuItemCheckbox>
              ))}
            </MenuGroup>
          ))}
        </MenuList>
      </MenuPopover>
    </Menu>
  );
}
