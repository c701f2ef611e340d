import { toast } from '../app/toasts.ts';
import { Button } from './button.tsx';

/** Copies the text; what it is stands in what is told of it. */
export function CopyButton({ text, what, label = 'Copy' }: { text: string; what: string; label?: string }) {
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(text);
    toast(`${what} copied.`);
  };
  return (
    <Button onClick={() => void copy()} aria-label={`Copy ${what.toLowerCase()}`}>
      {label}
    </Button>
  );
}
