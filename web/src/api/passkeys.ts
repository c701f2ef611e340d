import { ApiError } from './client.ts';

/** What a passkey answers; that it was called off, or may not be used here, is told like a refusal of the server. */
export async function ofPasskeys<Answer>(asked: Promise<Answer>): Promise<Answer> {
  try {
    return await asked;
  } catch (error) {
    const isKnown = error instanceof Error && error.name === 'InvalidStateError';
    throw new ApiError(
      {
        type: 'about:blank',
        title: 'No passkey was used',
        status: 0,
        detail: isKnown ? 'This device has a passkey of yours already.' : 'No passkey was used.',
        failure: 'usage',
        remedy: isKnown ? 'Sign in with it.' : 'Try again, or go on another way.',
      },
      { cause: error },
    );
  }
}
