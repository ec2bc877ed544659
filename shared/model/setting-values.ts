/** Values of settings that a person chooses and an administrator may manage. */
import { z } from "zod";

export const themeSchema = z.enum(["system", "light", "dark"]);
/** Seconds between two checks of a server that is doing well. */
export const checkIntervalSchema = z.number().int().min(5).max(3600);
