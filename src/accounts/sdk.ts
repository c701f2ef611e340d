/** For calls that every region answers, where none is named. */
export const ANY_REGION = 'us-east-1';
const nothing = (): void => undefined;
/** The SDK warns on the console, of keys in the environment and of the version of Node. */
export const SILENT = { trace: nothing, debug: nothing, info: nothing, warn: nothing, error: nothing };
