/** Where the window was, kept in a file of its own beside the preferences. */
import { readFileSync, writeFileSync } from "node:fs";
import { screen, type BrowserWindow, type Rectangle } from "electron";
import { z } from "zod";

const fallback = { width: 1280, height: 860 };

const stateSchema = z.object({
  x: z.number().int(),
  y: z.number().int(),
  width: z.number().int().min(800).max(20_000),
  height: z.number().int().min(600).max(20_000),
  maximized: z.boolean(),
});

export interface WindowState {
  readonly bounds: Partial<Rectangle> & { readonly width: number; readonly height: number };
  readonly maximized: boolean;
}

/** The kept state when it still lies on a display, else a size and no place. */
export function readWindowState(file: string): WindowState {
  try {
    const { maximized, ...bounds } = stateSchema.parse(JSON.parse(readFileSync(file, "utf8")));
    return screen.getAllDisplays().some(({ workArea }) => overlaps(workArea, bounds)) ? { bounds, maximized } : { bounds: fallback, maximized };
  } catch {
    return { bounds: fallback, maximized: false };
  }
}

/** Enough of the title bar must be visible to drag the window by. */
function overlaps(area: Rectangle, window: Rectangle): boolean {
  const width = Math.min(area.x + area.width, window.x + window.width) - Math.max(area.x, window.x);
  return width >= 100 && window.y >= area.y - 10 && window.y <= area.y + area.height - 50;
}

export function rememberWindowState(window: BrowserWindow, file: string): void {
  window.on("close", () => {
    try {
      writeFileSync(file, JSON.stringify({ ...window.getNormalBounds(), maximized: window.isMaximized() }), { mode: 0o600 });
    } catch {
      // The window opens in the middle next time; nothing else depends on it.
    }
  });
}
