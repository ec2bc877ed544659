/** When a job runs by itself. */
import { z } from "zod";

export const scheduleSchema = z.object({
  /** Five fields of cron: minute, hour, day of the month, month, day of the week. */
  pattern: z.string().min(1).max(100),
  /** An IANA name, such as `Europe/Zurich`. */
  timeZone: z.string().min(1).max(64),
  /** A run whose time passed while no console was there: left out, made up for once, or asked about. */
  missed: z.enum(["skip", "once", "ask"]),
});
export type Schedule = z.infer<typeof scheduleSchema>;
