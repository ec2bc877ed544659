/**
 * Room for look-ups of names. libuv reads the size of its pool when the pool is first used, lets look-ups have half of it and
 * keeps it for the process's life: every host's entry imports this before anything else. What a variable of the
 * environment asks for beyond that stays. The threads cost an address range each and little memory until they are used.
 */
const THREADS = 128;

const asked = Number(process.env["UV_THREADPOOL_SIZE"]);
if (!(asked > THREADS)) process.env["UV_THREADPOOL_SIZE"] = String(THREADS);
