import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { ApiError } from './client.ts';
import type { Resource } from './read.ts';

interface Change<Input, Answer> {
  send: (input: Input) => Promise<Answer>;
  /** What is read again afterwards. */
  refreshes: readonly Resource[];
  onDone?: (answer: Answer, input: Input) => void;
}

/** A request that changes something, with its pending state and its error. */
export function useChange<Input, Answer>({ send, refreshes, onDone }: Change<Input, Answer>) {
  const client = useQueryClient();
  return useMutation<Answer, ApiError, Input>({
    mutationFn: send,
    onSuccess: (answer, input) => {
      for (const resource of [...refreshes, 'audit']) {
        void client.invalidateQueries({ queryKey: [resource] });
      }
      onDone?.(answer, input);
    },
  });
}
