const LEAST_INTERVAL_MS = 1000;
const TICK_MS = 5000;

export interface Progress {
  /** The newest line of output. */
  say(line: string): void;
  stop(): void;
}

/**
 * Passes lines on at most once a second, and repeats the newest one every five seconds with the time that has passed,
 * so that whoever waits for a sign of life gets one also from a silent program.
 */
export function steadyProgress(onProgress: (line: string) => void): Progress {
  const startedAt = Date.now();
  let newest = 'starting';
  let toldAt = 0;
  const tell = (): void => {
    toldAt = Date.now();
    onProgress(`${newest} (${Math.round((toldAt - startedAt) / 1000)} s)`);
  };
  const ticker = setInterval(tell, TICK_MS);
  return {
    say(line) {
      newest = line;
      if (Date.now() - toldAt >= LEAST_INTERVAL_MS) tell();
    },
    stop: () => clearInterval(ticker),
  };
}
