/** Time that does not depend on what else the machine does. */

/** Milliseconds of CPU that this process, with all its threads, has used for what `work` did, and its answer. */
export async function cpuTimeOf<T>(work: () => T | Promise<T>): Promise<{ readonly value: T; readonly cpuMs: number }> {
  const before = process.cpuUsage();
  const value = await work();
  const { user, system } = process.cpuUsage(before);
  return { value, cpuMs: (user + system) / 1000 };
}
