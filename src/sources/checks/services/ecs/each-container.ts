import type { Outcome } from '../../catalogue.ts';
import type { Container, TaskDefinition } from './collect.ts';

/** What is said of each container by itself. */
export function eachContainer(
  task: TaskDefinition | null,
  judge: (container: Container) => Outcome,
): Outcome[] {
  return (task?.containers ?? []).map((container) => ({ ...judge(container), subKey: container.name }));
}
